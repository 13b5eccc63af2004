"""Background work of this floor: building decision packs."""

from uuid import UUID

from celery import shared_task

from foundation.clock import moments
from foundation.errors import Refused
from foundation.jobs import services as jobs
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from reviews.models import Pack
from reviews.packs import apart
from reviews.services import packing


@shared_task
def build_pack(pack_id: str) -> str:
    """Render and keep a pack; asked twice, the same content gives the same bytes."""
    return build(UUID(pack_id))


def build(pack_id: UUID) -> str:
    """Read, render outside of any transaction, store; return the pack's seal, "" when it failed."""
    with acting_as(PORTAL):
        pack = Pack.objects.get(pk=pack_id)
        content = packing.content_of(pack, at=moments.now())
    job_id = pack.job_id

    def progress(done: int, total: int) -> None:
        with acting_as(PORTAL):
            jobs.advance(job_id, done=done, total=total, message=f"Page {done} of {total}")

    try:
        rendered = apart.pack_pdf(content, progress)
    except (Refused, apart.PrintingFailedError) as problem:
        with acting_as(PORTAL):
            packing.give_up(pack_id=pack_id, problem=str(problem), actor=PORTAL, at=moments.now())
        return ""
    with acting_as(PORTAL):
        return packing.keep(pack_id=pack_id, rendered=rendered, actor=PORTAL, at=moments.now()).seal


def enqueue(pack_id: str) -> None:
    """Hand a pack to the workers; called once the transaction that ordered it stands."""
    build_pack.delay(pack_id)
