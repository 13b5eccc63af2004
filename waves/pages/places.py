"""One place with its ledger and acts: for the bodies at the desk, for the organisation at home."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from django.urls import reverse

from foundation.clock.words import day, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Note
from foundation.ui.pages import Column, Head, Row, Table
from foundation.ui.parts import Lines, Link, Quiet, Status, Words
from participants import policy
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation, Qualification
from participants.pages.general import Section, SectionsPage
from waves.board import Board, consequence, short
from waves.enums import Judgement, PlaceNoteKind, PlaceState
from waves.models import Dependant, Place, PlaceNote
from waves.order import Reliant
from waves.place_acts import DESK, OWN, PlaceAct

_STATES = {
    PlaceState.REQUESTED: "quarter",
    PlaceState.INDICATIVE: "half",
    PlaceState.ALLOCATED: "check",
    PlaceState.WAITLISTED: "hourglass",
    PlaceState.OFFERED: "diamond",
    PlaceState.DEFERRAL_REQUESTED: "hourglass",
    PlaceState.REALLOCATION_PROPOSED: "diamond",
    PlaceState.ENGAGED: "half",
    PlaceState.ENDURING: "dash",
}
_JUDGED = {Judgement.GREEN: "check", Judgement.AMBER: "triangle", Judgement.RED: "octagon"}
CRITERIA = (
    ("Who gives places", "The code bodies; nobody gets one by asking first (QA&P 9.3.2)."),
    (
        "Reliance",
        "Nobody is in an earlier wave than a party whose tests it relies on; the same wave is"
        " fine (QA&P 9.3.2).",
    ),
    (
        "Capacity",
        "What a wave can take is flexed first. A move that nobody asked for is the last resort,"
        " and the code bodies talk with the organisation before it (QA&P 9.3.2).",
    ),
    (
        "Wait list",
        "Whoever wants an earlier wave that is full joins the list and keeps its place. The list"
        " has no order: when room comes free, the code bodies choose, and say why.",
    ),
    (
        "Checkpoints",
        "Both are judged with a reason. A missed checkpoint moves nobody by itself (QA&P 9.3.2).",
    ),
    ("Networks", "LDSO, SMRA / ERDA and UMSO of a business move together (QA&P 11.4.1)."),
    ("The last wave", "There is no wave after wave 4 (QA&P 9.3.1)."),
)


def state_status(place: Place) -> Status:
    """Return a place's state in its word and shape, with the wave in question."""
    word = PlaceState(place.status).label
    wanted = f": {short(place.wanted)}" if place.wanted else ""
    return Status(f"{word}{wanted}", _STATES[place.status])


def place_page(
    place: Place,
    *,
    board: Board,
    ledger: Sequence[PlaceNote],
    flags: Sequence[Dependant],
    actor: Actor,
) -> SectionsPage:
    """Return a place as the bodies see it."""
    held = place.qualification
    name = held.organisation.name
    return SectionsPage(
        head=Head(
            title=f"{name}, {_roles(held, board)}",
            crumbs=[Link("Wave board", reverse("waves:board")), Link(name)],
            kicker=state_status(place),
            lead=place.because if place.wanted else "",
        ),
        facts=_facts(place),
        sections=[
            *_what_next(place, actor),
            *_flag_section(flags, actor),
            _reliance_section(held, board),
            _ledger_section(ledger, for_bodies=True),
        ],
        notes=_notes(place, board),
    )


def own_page(
    organisation: Organisation,
    places: Sequence[Place],
    ledgers: Mapping,
    *,
    actor: Actor,
) -> SectionsPage:
    """Return the places of an organisation as it sees them: its own rows, and nobody else's."""
    return SectionsPage(
        head=Head(
            title="Your wave" if actor.is_participant else f"Waves of {organisation.name}",
            lead="Your place, what was said about it, and what you can ask for."
            if actor.is_participant
            else "As the organisation sees them.",
            actions=[
                Action(
                    text="Pre-Qualification Submission",
                    url=reverse("waves:pre_qualification", args=[organisation.slug]),
                )
            ],
        ),
        sections=[
            *(_own_section(organisation, place, ledgers[place.pk], actor) for place in places),
            *([] if places else [_none()]),
            Section(title="How places are given", facts=_criteria_facts()),
        ],
        notes=[note for place in places for note in _own_notes(place, actor)],
    )


def criteria_page() -> SectionsPage:
    """Return the published criteria."""
    return SectionsPage(
        head=Head(
            title="How places are given",
            crumbs=[Link("Wave board", reverse("waves:board")), Link("Published criteria")],
            lead="The same criteria stand on every organisation's own page.",
        ),
        sections=[Section(title="Criteria", facts=_criteria_facts())],
    )


def waiting_page(places: Iterable[Place], actor: Actor) -> SectionsPage:
    """Return the wait list; by name, since it has no order."""
    rows = [
        Row(
            cells=[
                place.qualification.organisation.name,
                MARKET_ROLES[place.role].short_label,
                short(place.qualification.route),
                short(place.wanted),
                state_status(place),
                place.because,
            ],
            url=reverse("waves:place", args=[place.qualification_id]),
        )
        for place in places
    ]
    labels = ("Organisation", "Role", "Holds", "Wants", "State", "Reason")
    return SectionsPage(
        head=Head(
            title="Wait list",
            crumbs=[Link("Wave board", reverse("waves:board")), Link("Wait list")],
            lead="For earlier waves. It stands by name: nothing follows from who asked first.",
        ),
        sections=[
            Section(
                title="Waiting",
                table=Table(
                    caption="Wait list", columns=[Column(label=name) for name in labels], rows=rows
                ),
                empty=Empty(title="Nobody waits", text="Nobody asks for an earlier wave."),
            )
        ],
    )


# --- parts


def _roles(held: Qualification, board: Board) -> str:
    seats = board.units.get(held.trio or held.pk, ())
    if len(seats) > 1:
        return ", ".join(MARKET_ROLES[seat.role].short_label for seat in seats)
    return MARKET_ROLES[held.role].short_label


def _facts(place: Place) -> list[Fact]:
    held = place.qualification
    facts = [
        Fact(label="Wave", value=short(held.route)),
        Fact(label="Asked for", value=short(place.requested)),
        Fact(label="Since", value=day(place.status_since)),
        Fact(label="Weight", value=f"{place.weight} weeks of each body"),
    ]
    if place.offer_until:
        facts.append(Fact(label="Offer until", value=day(place.offer_until)))
    if place.is_at_risk:
        facts.append(Fact(label="Checkpoints", value=Status("", "at_risk")))
    return facts


def _what_next(place: Place, actor: Actor) -> list[Section]:
    held = place.qualification
    actions = [
        Action(
            text=act.label,
            url=reverse("waves:place_act", args=[held.pk, act.slug]),
            kind="primary" if number == 0 and not act.is_plain else "secondary",
        )
        for number, act in enumerate(open_acts(DESK, place, actor))
    ]
    if not actions:
        return []
    told = consequence(held.role, held.route) if place.status != PlaceState.ENDURING else ""
    return [Section(title="What can be done", note=told, actions=actions)]


def open_acts(acts: Mapping[str, PlaceAct], place: Place, actor: Actor) -> list[PlaceAct]:
    """Return the acts that are open for a place now, as far as the actor may do them."""
    return [
        act
        for act in acts.values()
        if act.is_open(place.status, place.qualification.route)
        and policy.may(actor, act.capability, place)
    ]


def _flag_section(flags: Sequence[Dependant], actor: Actor) -> list[Section]:
    if not flags:
        return []
    may = policy.may(actor, "place.plan")
    rows = [
        Row(
            cells=[
                flag.text,
                instant(flag.raised_at),
                Link("Settle", reverse("waves:settle_flag", args=[flag.pk])) if may else "",
            ]
        )
        for flag in flags
    ]
    columns = [Column(label=name) for name in ("What happened", "When", "Act")]
    note = "For the bodies alone. The organisation heard only that its plan needs a review."
    table = Table(caption="To look at again", columns=columns, rows=rows)
    return [Section(title="To look at again", note=note, table=table)]


def _reliance_section(held: Qualification, board: Board) -> Section:
    unit = held.trio or held.pk
    rows = [
        Row(cells=[said, board.name(each.key), _wave(board, each.key), _through(each, board)])
        for said, found in (
            ("Relies on", board.providers(unit)),
            ("Relied on by", board.dependants(unit)),
        )
        for each in found
    ]
    return Section(
        title="Reliance",
        note="No participant sees this (QA&P 10.3, 10.4).",
        table=Table(
            caption="Reliance",
            columns=[Column(label=name) for name in ("Which way", "Who", "Wave", "Through")],
            rows=rows,
        ),
        empty=Empty(title="None", text="It relies on nobody, and nobody relies on it."),
    )


def _wave(board: Board, unit: Hashable) -> str:
    return short(board.seat(unit).route) if unit in board.units else ""


def _through(each: Reliant, board: Board) -> str:
    return ", ".join(board.name(key) for key in each.chain[1:-1])


def _ledger_section(ledger: Sequence[PlaceNote], *, for_bodies: bool) -> Section:
    return Section(
        title="What was said and done",
        table=Table(
            caption="Ledger",
            columns=[Column(label=name) for name in ("When", "What", "Words", "By")],
            rows=[_ledger_row(note, for_bodies) for note in ledger],
        ),
        empty=Empty(title="Nothing yet", text="What is asked, offered and decided stands here."),
    )


def _ledger_row(note: PlaceNote, for_bodies: bool) -> Row:
    what: Words = PlaceNoteKind(note.kind).label
    if note.judgement:
        what = [
            f"{what} ",
            Status(Judgement(note.judgement).label, _JUDGED[Judgement(note.judgement)]),
        ]
    elif note.from_route and note.to_route:
        what = f"{what}: {short(note.from_route)} to {short(note.to_route)}"
    elif note.to_route:
        what = f"{what}: {short(note.to_route)}"
    text: Words = note.text
    if for_bodies and not note.is_shared:
        text = Lines([note.text, Quiet("For the bodies alone")])
    return Row(cells=[instant(note.at), what, text, note.by_name])


def _notes(place: Place, board: Board) -> list[Note]:
    held = place.qualification
    unit = held.trio or held.pk
    return [
        Note(lead="Reliance broken.", text=board.break_sentence(each), kind="at_risk")
        for each in board.breaks
        if unit in (each.relying, each.provider)
    ]


def _criteria_facts() -> list[Fact]:
    return [Fact(label=topic, value=said) for topic, said in CRITERIA]


def _own_section(
    organisation: Organisation, place: Place, ledger: Sequence[PlaceNote], actor: Actor
) -> Section:
    held = place.qualification
    actions = [
        Action(
            text=act.label,
            url=reverse("waves:own_act", args=[organisation.slug, held.pk, act.slug]),
            kind="primary" if act.slug == "accept" else "secondary",
        )
        for act in open_acts(OWN, place, actor)
    ]
    table = _ledger_section(ledger, for_bodies=False).table
    return Section(
        title=f"{MARKET_ROLES[held.role].label}: {short(held.route)}",
        meta=state_status(place),
        note=consequence(held.role, held.route),
        table=table,
        actions=actions,
        empty=Empty(title="Nothing yet", text="What is asked, offered and decided stands here."),
    )


def _own_notes(place: Place, actor: Actor) -> list[Note]:
    if place.status == PlaceState.OFFERED and place.offer_until and actor.is_participant:
        text = f"Answer by the end of {day(place.offer_until)}. Until then you keep your wave."
        return [Note(lead=f"{short(place.wanted)} is offered to you.", text=text, kind="your_move")]
    return []


def _none() -> Section:
    return Section(
        title="No wave",
        empty=Empty(title="No place", text="None of the qualifications takes one of the waves."),
    )
