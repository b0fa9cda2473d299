"""Background work of the units: rights follow the calendar."""

import datetime

from django_tasks import task

from core.due import register_job
from departments.provisioning import provide_roles


@task(backend="db")
def follow_units() -> None:
    """Bring rights to the units of today: one that ended yesterday leaves its section to its successor."""
    provide_roles()


register_job(follow_units, every=datetime.timedelta(days=1))
