"""The sweep's hands: Celery rings, PostgreSQL knows what is due."""

from celery import shared_task

from waves.services import sweep as sweeping


@shared_task
def sweep() -> int:
    """Let every due reminder speak; return how many did."""
    return sweeping.sweep().fired
