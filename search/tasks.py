"""Background work of search that is due again and again."""

import datetime

from django.conf import settings

from core.due import register_job
from search.outbox import push_changes

# A publication queues the same task at once; this one is for what was missed.
if settings.SEARCH_ELASTICSEARCH_URL:
    register_job(push_changes, every=datetime.timedelta(minutes=1))
