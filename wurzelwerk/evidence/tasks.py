"""Background jobs of evidence."""

import logging

from django_tasks import task

from .checks import check_facts

log = logging.getLogger(__name__)


@task()
def compare_facts() -> int:
    """Compare facts with the state tables, log every difference, return how many there are."""
    found = check_facts()
    for difference in found:
        log.error("Fakten und Tabellen widersprechen sich: %s", difference)
    return len(found)
