"""The calendar of the BSC PAB, one meeting with its agenda, and their forms (R116)."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Fact, Pagination, Tab
from foundation.ui.counting import counted, joined, opened
from foundation.ui.pages import Column, FormPage, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.pages.general import Section, SectionsPage
from reviews.enums import MeetingState
from reviews.models import Decision, Meeting, MeetingItem, Pack
from reviews.pages.deciding import open_items, outcome_of
from reviews.qualified import Facts, before_decision
from reviews.queries.meetings import COMING, PAST
from waves.routes import ROUTES

LIST = "reviews:meetings"
_STATES = {
    MeetingState.PLANNED: Status("Planned", "not_yet"),
    MeetingState.HELD: Status("Held", "closed"),
    MeetingState.CANCELLED: Status("Cancelled", "refused"),
}
_EMPTY = {
    COMING: Empty(
        title="No meeting is planned.",
        text="The BSC PAB meets twice a month in the period (QA&P 10.2). Plan one meeting, or the"
        " second and fourth Thursdays of several months at once.",
    ),
    PAST: Empty(title="No meeting is over.", text="Held and cancelled meetings stand here."),
}


def calendar_page(
    rows: Sequence[Meeting], show: str, pagination: Pagination | None, *, may_plan: bool
) -> ListPage:
    """Return the planned meetings, or those that are over."""
    url = reverse(LIST)
    first = next(iter(rows), None) if show == COMING else None
    acts = [
        Action(text="Plan a meeting", url=reverse("reviews:new_meeting"), kind="primary"),
        Action(text="Plan several months", url=reverse("reviews:plan_months")),
    ]
    return ListPage(
        head=Head(
            title=f"The BSC PAB meets on {day(first.held_on)}." if first else "BSC PAB meetings",
            lead="The REC Code Manager decides without a meeting.",
            actions=acts if may_plan else [],
            browser_title="Meetings",
        ),
        tabs=[
            Tab(label="Coming", url=url, current=show == COMING),
            Tab(label="Over", url=f"{url}?show={PAST}", current=show == PAST),
        ],
        table=Table(
            caption="Meetings of the BSC PAB",
            columns=[
                Column(label="Day", whole=True),
                Column(label="Meeting"),
                Column(label="Applications", align="end"),
                Column(label="Decided", align="end"),
                Column(label="State"),
            ],
            rows=[
                Row(
                    url=reverse("reviews:meeting", args=[each.pk]),
                    cells=[
                        day(each.held_on),
                        each.title,
                        str(each.items_count),
                        str(each.decided_count),
                        _STATES[MeetingState(each.status)],
                    ],
                )
                for each in rows
            ],
        ),
        empty=_EMPTY[show],
        pagination=pagination,
    )


def meeting_page(
    meeting: Meeting,
    items: Sequence[MeetingItem],
    known: Mapping[UUID, Facts],
    packs: Mapping[UUID, Pack],
    decided: Mapping[UUID, Decision],
    today: date,
    *,
    may_plan: bool,
) -> SectionsPage:
    """Return one meeting: what stands on it in order, whether it is ready, what came of it."""
    is_planned = meeting.status == MeetingState.PLANNED
    return SectionsPage(
        head=Head(
            title=meeting.title,
            lead=_lead(meeting, items, decided, today),
            crumbs=[Link("Meetings", reverse(LIST)), Link(meeting.title)],
            actions=_acts(meeting, items, today) if may_plan and is_planned else [],
        ),
        facts=_facts(meeting, items, decided),
        sections=[
            Section(
                title="Agenda",
                table=_agenda(items, known, packs, decided),
                empty=Empty(
                    title="Nothing stands on the agenda.",
                    text="Signed applications are put on it one by one or several at once.",
                ),
            )
        ],
    )


def _lead(
    meeting: Meeting,
    items: Sequence[MeetingItem],
    decided: Mapping[UUID, Decision],
    today: date,
) -> str:
    if meeting.status == MeetingState.CANCELLED:
        return f"Cancelled by {meeting.ended_by_name}: {meeting.because}"
    if meeting.status == MeetingState.HELD:
        return f"Held on {day(meeting.held_on)}; every application on it was decided or deferred."
    gap = -days_gone_from(meeting, today)
    left = len([each for each in items if each.qualification_id not in decided])
    if gap > 0:
        return f"In {gap} day{'' if gap == 1 else 's'}, with {counted(len(items), 'application')}."
    return f"{opened(counted(left, 'application'))} still without a decision of this meeting."


def days_gone_from(meeting: Meeting, today: date) -> int:
    """Return how many days ago a meeting was; negative while it is ahead."""
    return (today - meeting.held_on).days


def _facts(
    meeting: Meeting, items: Sequence[MeetingItem], decided: Mapping[UUID, Decision]
) -> list[Fact]:
    return [
        Fact(label="Day", value=day(meeting.held_on)),
        Fact(label="State", value=_STATES[MeetingState(meeting.status)]),
        Fact(label="Applications", value=str(len(items))),
        Fact(label="Decided", value=str(len(decided))),
    ]


def _acts(meeting: Meeting, items: Sequence[MeetingItem], today: date) -> list[Action]:
    keys = [("application", str(each.qualification_id)) for each in items]
    pack = f"{reverse('reviews:new_pack')}?{urlencode([*keys, ('title', meeting.title)])}"
    acts = [Action(text="Put applications on", url=_url("put_on_agenda", meeting), kind="primary")]
    if items:
        acts += [
            Action(text="Order its pack", url=pack),
            Action(text="Arrange", url=_url("arrange_agenda", meeting)),
        ]
    if days_gone_from(meeting, today) >= 0:
        acts.append(Action(text="It was held", url=_url("close_meeting", meeting), method="post"))
    return [
        *acts,
        Action(text="Move it", url=_url("change_meeting", meeting)),
        Action(text="Cancel it", url=_url("cancel_meeting", meeting)),
    ]


def _url(name: str, meeting: Meeting) -> str:
    return reverse(f"reviews:{name}", args=[meeting.pk])


def _agenda(
    items: Sequence[MeetingItem],
    known: Mapping[UUID, Facts],
    packs: Mapping[UUID, Pack],
    decided: Mapping[UUID, Decision],
) -> Table:
    return Table(
        caption="Agenda, in its order",
        columns=[
            Column(label="Applicant and role"),
            Column(label="Place", align="end"),
            Column(label="Can it be approved?"),
            Column(label="Open at decision"),
            Column(label="Pack"),
            Column(label="Decision"),
        ],
        rows=[
            Row(
                url=reverse("reviews:decision", args=[each.qualification_id]),
                cells=[
                    Lines([each.organisation.name, role_of(each.qualification)]),
                    str(each.position),
                    _ready(known.get(each.qualification_id), decided.get(each.qualification_id)),
                    open_items(known[each.qualification_id])
                    if each.qualification_id in known
                    else "",
                    _pack(packs.get(each.qualification_id)),
                    _decision(decided.get(each.qualification_id)),
                ],
            )
            for each in items
        ],
    )


def role_of(qualification: Qualification) -> str:
    """Return the market role and the route in words."""
    role = MARKET_ROLES[qualification.role].short_label
    return f"{role}, {ROUTES[qualification.route].short_label}"


def _ready(known: Facts | None, decision: Decision | None) -> Words:
    if known is None or decision is not None:
        return ""
    lacks = before_decision(known, "BSC")
    if not lacks:
        return Status("Yes", "met")
    more = f" And {len(lacks) - 1} more." if len(lacks) > 1 else ""
    return Lines([Status("", "not_yet"), f"{lacks[0].what}{more}"])


def _pack(pack: Pack | None) -> Words:
    if pack is None:
        return Quiet("None yet")
    return Link(pack.title, reverse("reviews:pack", args=[pack.pk]))


def _decision(row: Decision | None) -> Words:
    if row is None:
        return Quiet("None recorded")
    minute = [f"Minute {row.minute_reference}"] if row.minute_reference else []
    return Lines([outcome_of(row), *minute])


# --- forms --------------------------------------------------------------------------------


def put_choices(rows: Sequence[Qualification]) -> list[tuple[str, str]]:
    """Return what may be put on an agenda, each with its signature and where it stands now."""
    return [(str(each.pk), _offered(each)) for each in rows]


def _offered(each: Qualification) -> str:
    said = f"{each.organisation.name}, {role_of(each)}, signed {day(each.signed_off_at)}"
    if not each.stands_on:
        return said
    return f"{said}; moves from {joined([day(on) for on in each.stands_on])}"


def form_of(
    title: str, form: BaseForm, meeting: Meeting | None, *, button: str, lead: str = ""
) -> FormPage:
    """Return a form about a meeting, or about the calendar."""
    back = _back(meeting)
    crumbs = [Link("Meetings", reverse(LIST))]
    if meeting:
        crumbs.append(Link(meeting.title, back))
    return FormPage(
        head=Head(title=title, lead=lead, crumbs=[*crumbs, Link(title)]),
        form=form,
        submit=Action(text=button, kind="primary", method="submit"),
        cancel=Link("Cancel", back),
    )


def nothing_to_put(meeting: Meeting) -> ListPage:
    """Say that no signed application waits for the board beside those on the agenda."""
    return ListPage(
        head=Head(
            title="Put applications on",
            crumbs=[Link("Meetings", reverse(LIST)), Link(meeting.title, _back(meeting))],
        ),
        empty=Empty(
            title="Nothing else is signed.",
            text="An application can stand on an agenda once its QAD is signed, until the BSC PAB"
            " has decided it.",
            actions=[Action(text="Back to the agenda", url=_back(meeting))],
        ),
    )


def _back(meeting: Meeting | None) -> str:
    return _url("meeting", meeting) if meeting else reverse(LIST)
