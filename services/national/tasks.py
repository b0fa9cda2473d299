"""Background work: the comparison with the list that the authority supplies, once a day."""

import logging

from django_tasks import task

from services.national.comparing import compare_file
from services.national.supplied import day_of, supplied_file
from services.national.telling import tell_of_new_findings
from services.tables.problems import UnreadableFile

logger = logging.getLogger(__name__)


@task(backend="db")
def compare_with_national_list() -> None:
    """Compare with the supplied file, if there is one, and tell the board what is new."""
    path = supplied_file()
    if path is None:
        return
    try:
        made, _report = compare_file(path, listed_on=day_of(path))
    except UnreadableFile as error:
        logger.warning("The national list %s cannot be compared: %s", path.name, error)
        return
    logger.info("Compared with the national list %s: %d rows, %d refused", path.name, made.rows, made.refused)
    tell_of_new_findings()
