"""Pages of decision packs: the list, ordering one, watching and checking it."""

from collections.abc import Sequence
from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.jobs.models import Job, JobState
from foundation.ui.blocks import Action, Empty, Fact, JobProgress, Pagination
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Status
from participants.market_roles import GOVERNING_BODIES, MARKET_ROLES
from participants.models import Qualification
from participants.pages.general import Section, SectionsPage
from participants.pages.statuses import qualification_status
from reviews.enums import PackState
from reviews.models import Pack
from reviews.services import packing

_STATES = {
    PackState.BUILDING: Status("Being built", "target"),
    PackState.READY: Status("Ready to print", "check"),
    PackState.FAILED: Status("Could not be built", "octagon"),
}


def pack_list(
    packs: Sequence[Pack], body: str, pagination: Pagination | None, may_order: bool
) -> ListPage:
    """Return the packs of a body, newest first."""
    order = Action(text="Order a pack", url=reverse("reviews:new_pack"), kind="primary")
    decider = GOVERNING_BODIES[body].decided_by
    return ListPage(
        head=Head(
            title="Decision packs",
            lead=f"What the {decider} decides from: frozen, sealed and kept as printed.",
            actions=[order] if may_order else [],
        ),
        table=Table(
            caption="Decision packs",
            columns=[
                Column(label="Pack"),
                Column(label="State"),
                Column(label="Applications", align="end"),
                Column(label="Pages", align="end"),
                Column(label="Ordered"),
            ],
            rows=[_row(pack) for pack in packs],
        ),
        empty=Empty(
            title="No packs yet.",
            text="Order one when an application is signed off, or earlier to see how it will read.",
        ),
        pagination=pagination,
    )


def _row(pack: Pack) -> Row:
    return Row(
        cells=[
            pack.title,
            _STATES[PackState(pack.status)],
            str(len(pack.qualifications)),
            str(pack.pages or ""),
            Lines([day(pack.asked_at), pack.asked_by_name]),
        ],
        url=reverse("reviews:pack", args=[pack.pk]),
    )


def choice_form(form: BaseForm) -> FormPage:
    """Return the first step of an order: which applications; nothing is chosen for the reader."""
    return FormPage(
        head=Head(
            title="Which applications does the pack hold?",
            lead="In the next step each gets a recommendation of its own.",
            crumbs=[Link("Packs", reverse("reviews:packs")), Link("Order")],
        ),
        form=form,
        submit=Action(text="Continue", kind="primary", method="submit"),
        cancel=Link("Back to the packs", reverse("reviews:packs")),
    )


def order_form(form: BaseForm) -> FormPage:
    """Return the second step of an order: its title, and what is recommended on each."""
    return FormPage(
        head=Head(
            title="Order a decision pack",
            lead=(
                "The pack is put together from what stands in the portal when it is built. It is"
                " kept with its seal; a later change makes a new pack, never another version of it."
            ),
            crumbs=[Link("Packs", reverse("reviews:packs")), Link("Order")],
        ),
        form=form,
        submit=Action(text="Build the pack", kind="primary", method="submit"),
        cancel=Link("Choose other applications", reverse("reviews:new_pack")),
    )


def progress(pack: Pack, job: Job | None, now: datetime) -> JobProgress | None:
    """Return how far the building is; None once it has ended."""
    if not packing.is_being_built(pack, now):
        return None
    done, total = (job.done, job.total) if job else (0, 0)
    waiting = job is None or job.state == JobState.QUEUED
    said = "Waiting for a worker." if waiting else f"Building the pack, page {done} of {total}."
    return JobProgress(
        done=done,
        total=total or 1,
        text=f"{said} You can leave this page; the pack is kept.",
        poll_url=reverse("reviews:pack_progress", args=[pack.pk]),
    )


def pack_page(
    pack: Pack, qualifications: Sequence[Qualification], can_order: bool, now: datetime
) -> SectionsPage:
    """Return one pack: its state, its seal, what it holds, how to check it."""
    actions = []
    if pack.status == PackState.READY:
        actions.append(
            Action(
                text="Download the PDF",
                url=reverse("reviews:pack_file", args=[pack.pk]),
                kind="primary",
                icon="print",
            )
        )
    is_building = packing.is_being_built(pack, now)
    if can_order and not is_building:
        again = Action(
            text="Build it again",
            url=reverse("reviews:pack_again", args=[pack.pk]),
            method="post",
        )
        actions.append(again)
    return SectionsPage(
        head=Head(
            title=pack.title,
            lead=_lead(pack, is_building),
            crumbs=[Link("Packs", reverse("reviews:packs")), Link(pack.title)],
            kicker=_STATES[_state(pack, is_building)],
            actions=actions,
        ),
        facts=_facts(pack),
        sections=[_applications(pack, qualifications), *_checking(pack)],
    )


def _state(pack: Pack, is_building: bool) -> PackState:
    """A pack that nothing builds any more is one that could not be built."""
    state = PackState(pack.status)
    return PackState.FAILED if state == PackState.BUILDING and not is_building else state


def _lead(pack: Pack, is_building: bool) -> str:
    if _state(pack, is_building) == PackState.FAILED:
        return pack.problem or "The building stopped before the pack was whole. Build it again."
    return f"Ordered by {pack.asked_by_name} on {day(pack.asked_at)}."


def _facts(pack: Pack) -> list[Fact]:
    facts = [Fact(label="Applications", value=str(len(pack.qualifications)))]
    if pack.status == PackState.READY:
        seal = " ".join(pack.seal[at : at + 4] for at in range(0, 16, 4))
        facts += [Fact(label="Pages", value=str(pack.pages)), Fact(label="Seal", value=f"{seal} …")]
    return facts


def _applications(pack: Pack, qualifications: Sequence[Qualification]) -> Section:
    return Section(
        title="What it puts to the decision",
        table=Table(
            caption="Applications in this pack",
            columns=[
                Column(label="Applicant"),
                Column(label="Market role"),
                Column(label="Recommended"),
                Column(label="State now"),
            ],
            rows=[
                Row(
                    cells=[
                        each.organisation.name,
                        f"{MARKET_ROLES[each.role].label}, {each.get_route_display()}",
                        _recommended(pack, each, qualifications),
                        qualification_status(each.status),
                    ],
                    url=reverse("reviews:qualified", args=[each.organisation.slug]),
                )
                for each in qualifications
            ],
        ),
    )


def _recommended(pack: Pack, one: Qualification, held: Sequence[Qualification]) -> str:
    group = [each for each in held if each.pk == one.pk or (one.trio and each.trio == one.trio)]
    return pack.recommended(each.pk for each in group) or "Nothing is recommended"


def _checking(pack: Pack) -> list[Section]:
    if pack.status != PackState.READY:
        return []
    return [
        Section(
            title="How to check it",
            note=(
                "manifest.txt is attached to the PDF and lists the hash of every part. Its own"
                " SHA-256 is the seal; sha256sum -c manifest.txt checks the parts. The file’s hash"
                " is kept here, since a file cannot hold its own."
            ),
            facts=[
                Fact(label="Seal", value=pack.seal),
                Fact(label="SHA-256 of the file", value=pack.file_sha256),
            ],
            actions=[Action(text="Check a paper", url=reverse("reviews:verify"))],
        )
    ]
