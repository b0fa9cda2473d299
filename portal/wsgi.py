"""WSGI entry for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
application = get_wsgi_application()

# What is loaded by now stays, and the read models that a publication makes anew hold many thousands of tuples: looking
# for garbage as often as Python does by default takes a quarter of the time of a dashboard (docs/performance.md).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
