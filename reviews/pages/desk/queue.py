"""A body's queue by clock risk: what to open next, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from foundation.clock.words import day
from foundation.ui.blocks import Action, Empty, Filter, FilterOption, Pagination, Tab
from foundation.ui.counting import joined, number, opened
from foundation.ui.pages import Head, QueuePage, SideRow
from foundation.ui.parts import Link, Quiet, Status, Strong
from participants.access.addresses import address
from participants.market_roles import reviewing_bodies
from reviews.enums import Side, ThreadKind, ThreadState
from reviews.models import KeptView
from reviews.pages.desk.rows import Reader, Waiting, row
from reviews.pages.desk.words import ago
from reviews.queries.desk import Asked
from reviews.queries.register import Raised
from submissions import bank
from submissions.applicability import Facts, readers

ASIDE = 6
_TABS = {
    "risk": "By clock risk",
    "waiting": "Waiting for participant",
    "plans": "Plans to agree",
    "all": "Everything",
}
_EMPTY = {
    "risk": Empty(
        title="Your queue is empty.",
        text="A QAD comes here on the day on which it is submitted, with its clock. You get a"
        " notice then.",
    ),
    "waiting": Empty(
        title="No participant holds anything of yours.",
        text="A QAD stands here while you wait for a further submission, or at the Final stage for"
        " replies to your comments.",
    ),
    "plans": Empty(
        title="No plan waits for your word.",
        text="A plan that a participant proposes for one of your findings or observations stands"
        " here until you agree it or say what it needs.",
    ),
    "all": Empty(
        title="No qualification is open.",
        text="Qualifications in the market roles that you review stand here from their opening.",
    ),
}

_NONE = {
    "risk": "Nothing waits to be read.",
    "waiting": "Nothing waits for the participant.",
    "plans": "No plan is yours to agree.",
    "all": "Nothing is open.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the page of the queue is made of."""

    reader: Reader
    view: str
    rows: Sequence[Waiting]
    counts: Mapping[str, int]
    filters: Sequence[Filter]
    pagination: Pagination | None
    turns: Sequence[Raised]
    turns_in_all: int
    requests: Sequence[Asked]

    @property
    def is_first_page(self) -> bool:
        """Whether the page begins with the most pressing."""
        return self.pagination is None or not self.pagination.previous_url

    @property
    def first(self) -> Waiting | None:
        """What to open first: the most pressing of those that are the body's turn."""
        if self.view != "risk" or not self.is_first_page:
            return None
        return next((each for each in self.rows if not each.waits), None)

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is on."""
        return any(each.clear_url for each in self.filters)


def queue_page(desk: Desk) -> QueuePage:
    """Return the queue."""
    first = desk.first
    return QueuePage(
        head=_head(desk, first),
        tabs=_tabs(desk.counts, desk.view),
        filters=desk.filters,
        rows=[row(each, view=desk.view, first=each is first) for each in desk.rows],
        caption=_caption(desk.view),
        empty=_empty(desk),
        pagination=desk.pagination,
        aside_title="Yours, not on a clock",
        aside=[*_requests(desk), *_turns(desk)],
    )


def kept_menu(rows: Sequence[KeptView], query: str) -> Filter:
    """Return the menu of kept views, the reader's own first, with the way to keep the present."""
    home = reverse("reviews:queue")
    options = [
        FilterOption(
            label=each.name if each.is_own else f"{each.name} ({each.person.name})",
            url=f"{home}?{each.query}",
            current=each.query == query,
        )
        for each in rows
    ]
    keep = FilterOption(label="Keep this view", url=f"{reverse('reviews:keep_view')}?{query}")
    own = FilterOption(label="All kept views", url=reverse("reviews:views"))
    return Filter(label="Views", options=[*options, keep, *([own] if rows else [])])


def _tabs(counts: Mapping[str, int], view: str) -> list[Tab]:
    return [
        Tab(label=label, url=_home(key), count=counts[key], current=key == view)
        for key, label in _TABS.items()
    ]


def _home(view: str) -> str:
    home = reverse("reviews:queue")
    return home if view == "risk" else f"{home}?view={view}"


def _caption(view: str) -> str:
    return "Your queue, by clock risk" if view == "risk" else f"Your queue: {_TABS[view].lower()}"


def _empty(desk: Desk) -> Empty:
    if not desk.is_narrowed:
        return _EMPTY[desk.view]
    return Empty(
        title="Nothing fits these filters.",
        text=f"Without them there are {number(desk.counts[desk.view])} here.",
        actions=[Action(text="Take the filters off", url=_home(desk.view))],
    )


# --- the sentence -------------------------------------------------------------------------


def _head(desk: Desk, first: Waiting | None) -> Head:
    actions = []
    if first:
        name = first.name
        actions = [Action(text=f"Open {name}", url=first.url, kind="primary", arrow=True)]
    return Head(
        title=_title(desk, first),
        lead=_lead(desk, first),
        actions=actions,
        browser_title="My queue",
    )


def _title(desk: Desk, first: Waiting | None) -> str:
    count, shown = desk.counts[desk.view], desk.counts["shown"]
    said = f"{number(shown)} of {number(count)}" if desk.is_narrowed else number(count)
    if not count:
        return _NONE[desk.view]
    if desk.view == "waiting":
        return opened(f"{said} {'waits' if shown == 1 else 'wait'} for the participant.")
    if desk.view == "plans":
        return opened(f"{said} {'has a plan' if shown == 1 else 'have plans'} for you to agree.")
    if desk.view == "all":
        return opened(f"{said} qualification{'' if count == 1 else 's'} in all.")
    if first is None and desk.is_first_page and desk.rows:
        return opened(f"{said} with the participant. Nothing is yours to read now.")
    name = f" {first.name} first." if first else ""
    return opened(f"{said} to read.{name}")


def _lead(desk: Desk, first: Waiting | None) -> str:
    if first:
        return f"{_when(first)} and {_who_reads(first)}."
    return {
        "waiting": "You asked for more, or they reopened it. What comes back stands with what is"
        " to be read.",
        "plans": "An agreed plan is enough for the decision (QA&P 11.3). Only you can agree it.",
        "all": "Every qualification in the market roles that you review, the most pressing clock"
        " first.",
    }.get(desk.view, "")


def _when(first: Waiting) -> str:
    gap = first.days_left
    if gap is None:
        return "No clock runs for it"
    if gap < 0:
        return f"Its clock ran out {number(-gap)} day{'' if gap == -1 else 's'} ago"
    if gap <= 1:
        return "Its clock ends tomorrow" if gap else "Its clock ends today"
    return f"Its clock ends in {number(gap)} days, on {day(first.due_on)},"


def _who_reads(first: Waiting) -> str:
    body = first.reader.body
    others = [each for each in first.bodies if each != body and not first.is_done(each)]
    if not others:
        return f"{body} is the only body still reading"
    return f"{joined(others)} {'reads' if len(others) == 1 else 'read'} it too"


# --- yours, not on a clock ----------------------------------------------------------------

_WORDS = {
    ThreadState.PLAN_PROPOSED: "Plan proposed",
    ThreadState.ACTION_DONE: "Action done",
}


def _turns(desk: Desk) -> list[SideRow]:
    rows = [
        SideRow(
            status=Status(_WORDS.get(ThreadState(each.status), "Reply to read"), "your_move"),
            text=[
                Strong(Link(f"{each.reference} {each.name}", thread_url(each))),
                " ",
                Quiet(each.subject),
            ],
            when=f"{ago(each.holder_since, desk.reader.today)} with you",
        )
        for each in desk.turns
    ]
    total = desk.turns_in_all
    if total > len(rows):
        register = f"{reverse('reviews:all_findings')}?body={desk.reader.body}&turn={Side.BODY}"
        more = Link(f"All {total} that wait for your word", register)
        rows.append(SideRow(status=Status(f"{total - len(rows)} more", "your_move"), text=more))
    return rows


def thread_url(thread: Raised) -> str:
    """Return where a thread is read: beside its question."""
    slug = thread.slug
    page = address("reviews:threads", slug, thread.part_id, thread.question)
    if page:
        return f"{page}#thread-{thread.id}"
    view = "?view=comments" if thread.kind == ThreadKind.COMMENT else ""
    return reverse("reviews:findings", args=[slug]) + view


def _requests(desk: Desk) -> list[SideRow]:
    return [
        SideRow(
            status=Status("Reopening asked", "your_move"),
            text=[Strong(Link(_sections(each), _reopening_url(each))), " ", Quiet(each.reason)],
            when=f"{ago(each.requested_at, desk.reader.today)} with you",
        )
        for each in desk.requests
        if _may_decide(desk.reader.body, each)
    ]


def _reopening_url(request: Asked) -> str:
    own = address("reviews:reopening_one", request.slug, request.id)
    return own or address("reviews:reopening")


def _sections(request: Asked) -> str:
    letters = sorted(each["section"] for each in request.sections)
    noun = "section" if len(letters) == 1 else "sections"
    return f"{request.name}, {noun} {joined(letters)}"


def _may_decide(body: str, request: Asked) -> bool:
    """Whether the body reads every section that is asked for (R89)."""
    return all(_reads(body, request, each) for each in request.sections)


def _reads(body: str, request: Asked, asked: Mapping[str, str]) -> bool:
    shared = asked["part"] == str(request.shared_part)
    role = None if shared else request.role
    facts = Facts(role=role, all_roles=tuple(request.roles), routes=())
    if body not in reviewing_bodies(facts.roles) or request.template is None:
        return False
    sections = bank.of(request.template).sections
    section = next(each for each in sections if each.code == asked["section"])
    return any(body in readers(each, facts) for each in section.in_scope(facts.scope))
