"""The sign-off: what there is to sign, and what whoever signs reads first (picture of the sign-off)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, days, instant
from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty, Fact, Refusal, Step
from foundation.ui.pages import (
    Column,
    FormPage,
    Head,
    ListPage,
    Row,
    SignOff,
    SignOffRow,
    SignOffSection,
    Table,
)
from foundation.ui.parts import Code, DateLink, Lines, Link, Mark, Status, Words
from participants import policy
from participants.market_roles import BODIES, MARKET_ROLES
from participants.models import Membership, Organisation
from reviews.assembly.signing import Reading, Spot
from reviews.enums import Capacity, LetterState
from reviews.qualified import Facts, Lack, bands
from reviews.queries_signing import SIGN_BY
from waves.models import Obligation
from waves.routes import ROUTES

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SHOWN = 12  # changed answers that the page names; the rest is a link away


def count(number: int, noun: str) -> str:
    """Return a number in words as far as ten: "two reasons", "14 answers"."""
    said = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{said} {noun}" if number == 1 else f"{said} {noun}s"


# --- the list


def sign_off_list(
    organisation: Organisation,
    known: Sequence[Facts],
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
    actor: Actor,
) -> ListPage:
    """Return the organisation's qualifications with who signs, until when, and why not yet."""
    letters = Action(
        text="Letters for delegates", url=reverse("reviews:letters", args=[organisation.slug])
    )
    decisions = Action(
        text="Decisions", url=reverse("reviews:decisions_of", args=[organisation.slug])
    )
    has_delegates = any(MARKET_ROLES[each.role].delegate_allowed for each in known)
    return ListPage(
        head=Head(
            title=_list_title(known),
            browser_title="Sign-off",
            lead="One signature for each market role, over the hash of exactly what is shown.",
            actions=[*([letters] if has_delegates else []), decisions],
        ),
        table=Table(
            caption="Qualifications to be signed",
            columns=[
                Column(label="Market role"),
                Column(label="Who signs"),
                Column(label="Sign by"),
                Column(label="State"),
            ],
            rows=[_list_row(organisation, each, due, signatories) for each in known],
        ),
        empty=Empty(
            title="Nothing to sign yet.",
            text="A code body adds the market roles; each is signed once its content is agreed.",
        ),
        footnote="QA&P 10.2: a company director signs that information and evidence are complete"
        " and accurate.",
    )


def _list_title(known: Sequence[Facts]) -> str:
    waiting = sum(each.status == "CONTENT_AGREED" for each in known)
    if waiting:
        return f"{count(waiting, 'QAD').capitalize()} {'waits' if waiting == 1 else 'wait'} for a signature."
    signed = sum(each.signature_stands for each in known)
    if known and signed == len(known):
        return "Everything is signed."
    return "Nothing can be signed yet." if known else "Sign-off"


def _list_row(
    organisation: Organisation,
    known: Facts,
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
) -> Row:
    return Row(
        cells=[
            Lines([known.label, f"{ROUTES[known.route].label}, {_codes(known.mpids)}"]),
            Lines([who_signs(known.role), names_of(signatories, known.role)]),
            sign_by(organisation, known.id, due.get(known.id)),
            _state(known),
        ],
        url=reverse("reviews:sign_off_of", args=[organisation.slug, known.id]),
        marked=known.status == "CONTENT_AGREED",
    )


def _codes(mpids: Sequence[str]) -> str:
    return f"MPID {mpids[0]}" if len(mpids) == 1 else f"MPIDs {', '.join(mpids)}"


def who_signs(role: str) -> str:
    """Return in words who may sign for a role (R105, R106)."""
    if MARKET_ROLES[role].delegate_allowed:
        return "A company director, or a delegate with an accepted letter"
    return "A company director"


def names_of(signatories: Sequence[Membership], role: str) -> str:
    """Return the people who are named for it."""
    named = [
        each.person.name if each.is_director else f"{each.person.name} (delegate)"
        for each in signatories
        if each.is_director or MARKET_ROLES[role].delegate_allowed
    ]
    return ", ".join(named) or "Nobody is named yet: a master admin does so under People."


def sign_by(organisation: Organisation, key: UUID, due: Obligation | None) -> Words:
    """Return the date of the signature, which explains itself."""
    if due is None:
        return "No date yet"
    url = reverse("waves:date", args=[organisation.slug, key, SIGN_BY])
    return DateLink(day(due.due_on), url=url)


def state_of(known: Facts) -> Status:
    """Return how the signature of a qualification stands."""
    cell = bands(known)[-1].lines[0].cell
    return Status(cell.word, cell.state)


def _state(known: Facts) -> Words:
    cell = bands(known)[-1].lines[0].cell
    held = f"Held by {cell.holder}" if cell.holder else ""
    return Lines([Status(cell.word, cell.state), *(said for said in (cell.text, held) if said)])


# --- the page


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and why they may not sign, if so."""

    name: str
    may_sign: bool
    why_not: str = ""


def sign_page(
    organisation: Organisation,
    reading: Reading,
    reader: Reader,
    form: BaseForm,
    *,
    today,
    stale: str = "",
) -> SignOff:
    """Return what is read before signing; nothing is ticked for the reader.

    ``stale`` is the hash that the reader was shown, where the content has changed since.
    """
    is_open = not reading.lacks and reading.facts.status == "CONTENT_AGREED"
    offers = is_open and reader.may_sign
    args = [organisation.slug, reading.qualification.pk]
    return SignOff(
        head=_head(organisation, reading, reader, is_open, today),
        steps=_steps(reading),
        sections=[_changed(organisation, reading), _open(reading), _asserted(reading)],
        declaration_title="Your confirmation" if offers else "What is confirmed",
        declaration=reading.content.statement,
        facts=_facts(organisation, reading, reader),
        hidden={"seen": reading.content.sha256},
        fields=[form["read"], form["password"]] if offers else [],
        sign=Action(
            text=f"Sign as {reader.name}", kind="primary", method="submit", icon="pen"
        )
        if offers
        else None,
        decline=Action(text="Decline, with a reason", url=reverse("reviews:decline", args=args))
        if offers
        else None,
        refusal=_changed_since(stale, reading) if stale else _refusal(reading, reader, is_open),
        note=_NOTE if offers else "",
    )


_NOTE = (
    "You are asked for your password. The time is taken from the server. If anything of this is"
    " reopened later, this page will say that your signature no longer covers it."
)


def _head(
    organisation: Organisation, reading: Reading, reader: Reader, is_open: bool, today
) -> Head:
    role = MARKET_ROLES[reading.qualification.role].label
    return Head(
        kicker=Status("One signature, yours", "your_move")
        if is_open and reader.may_sign
        else state_of(reading.facts),
        title=_title(role, reading, reader, is_open),
        lead=_lead(organisation, reading, today),
        crumbs=[
            Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
            Link(role),
        ],
        browser_title=f"Sign-off, {role}",
    )


def _title(role: str, reading: Reading, reader: Reader, is_open: bool) -> str:
    if is_open and reader.may_sign:
        return f"Your Final QAD for {role} is agreed and ready for you to sign."
    if is_open:
        return f"The Final QAD for {role} is agreed and waits for a signature."
    return f"The QAD for {role} cannot be signed yet."


def _lead(organisation: Organisation, reading: Reading, today) -> Words:
    said: list[Words] = []
    if not reading.lacks and reading.facts.content_agreed_at:
        said.append(f"{_bodies(reading.facts)} have confirmed that all open comments are addressed.")
    if reading.due is not None:
        left = (reading.due.due_on - today).days
        ago = f"in {days(left)}" if left > 0 else "today" if left == 0 else f"{days(-left)} ago"
        said += [
            " Sign by " if said else "To be signed by ",
            sign_by(organisation, reading.qualification.pk, reading.due),
            f", {ago}." if left >= 0 else f", {ago}: late, and still taken.",
        ]
    if reading.facts.trio:
        said.append(
            " LDSO, SMRA / ERDA and UMSO are signed one by one and take effect together (R14)."
        )
    return said


def _bodies(known: Facts) -> str:
    names = ["the DIP Manager" if body == "DIP" else body for body in known.bodies]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _steps(reading: Reading) -> list[Step]:
    compared, content = reading.compared, reading.content.data
    asserted = len(compared.declared) + len(content["assertions"])
    notes = (
        ("1 What changed", count(len(compared.changed) + len(compared.new), "answer")),
        ("2 What stays open", count(len(content["open_items"]), "plan")),
        ("3 What you assert", count(asserted, "declaration")),
        ("4 Sign", ""),
    )
    return [
        Step(label=label, note=note, url=f"#step-{place}", state="now" if place == 4 else "ahead")
        for place, (label, note) in enumerate(notes, start=1)
    ]


def _changed(organisation: Organisation, reading: Reading) -> SignOffSection:
    compared = reading.compared
    if not reading.facts.final_submitted_at or not compared.answers:
        return SignOffSection(
            title="What changed since the Initial QAD",
            note="The Final QAD is not submitted yet; there is nothing to compare.",
        )
    rows = [_spot_row(organisation, spot) for spot in compared.changed[:SHOWN]]
    more = len(compared.changed) - SHOWN
    if more > 0:
        first = compared.changed[SHOWN]
        text = f"{count(more, 'further answer').capitalize()} changed."
        rows.append(SignOffRow(code="More", text=text, end=_link(organisation, first, "Read them")))
    if compared.new:
        codes = ", ".join(spot.code for spot in compared.new)
        rows.append(
            SignOffRow(
                code="New",
                text=f"{count(len(compared.new), 'answer').capitalize()} given at Final only:"
                f" {codes}",
                end=_link(organisation, compared.new[0], "Read them"),
            )
        )
    touched = len(compared.changed) + len(compared.new)
    return SignOffSection(
        title="What changed since the Initial QAD",
        note=f"{touched} of {compared.answers} answers, and"
        f" {count(compared.new_evidence, 'piece')} of evidence."
        if compared.has_initial
        else "Nothing was submitted as Initial, so that everything is new.",
        rows=rows,
    )


def _spot_row(organisation: Organisation, spot: Spot) -> SignOffRow:
    return SignOffRow(
        code=Code(spot.code), text=spot.title, end=_link(organisation, spot, "See it", spot.code)
    )


def _link(organisation: Organisation, spot: Spot, text: str, hint: str = "") -> Link:
    url = reverse("submissions:version", args=[organisation.slug, spot.part_id, spot.version])
    return Link(text, f"{url}#{spot.section}-{spot.code}", hint=f": {hint}" if hint else "")


def _open(reading: Reading) -> SignOffSection:
    items = reading.content.data["open_items"]
    bare = sum(item["plan"] is None for item in items)
    note = f"{count(len(items) - bare, 'agreed plan').capitalize()}. You commit the company to these dates."
    if not items:
        note = "Nothing: every finding and observation is cleared."
    elif bare:
        note += f" {count(bare, 'item').capitalize()} without a plan."
    return SignOffSection(
        title="What stays open after you sign",
        note=note,
        rows=[_open_row(item) for item in items],
    )


def _open_row(item: Mapping) -> SignOffRow:
    plan = item["plan"]
    return SignOffRow(
        code=[Mark(item["body"]), " ", Code(item["reference"])],
        text=Lines([plan["text"], f"{item['question']}: {item['subject']}"])
        if plan
        else Lines([item["subject"], "No agreed plan"]),
        end=Lines([plan["due_on"], plan["owner"]]) if plan else "",
    )


def _asserted(reading: Reading) -> SignOffSection:
    data = reading.content.data
    rows = [
        SignOffRow(code=Code(spot.code), text=Lines([spot.title, spot.statement]))
        for spot in reading.compared.declared
    ]
    rows += [
        SignOffRow(
            code="MPIDs",
            text=Lines(
                [f"Management Assertion: {', '.join(row['mpids_remaining'])} follow", row["text"]]
            ),
            end=row["complete_by"],
        )
        for row in data["assertions"]
    ]
    rows += [
        SignOffRow(
            code="Tests",
            text=f"{row['kind']} completion report, work-off plans"
            f" {'agreed' if row['work_off_agreed'] else 'not agreed'}",
            end=Code(f"{row['sha256'][:8]} …"),
        )
        for row in data["reports"]
    ]
    return SignOffSection(
        title="What you assert",
        note="These declarations are part of the QAD; your signature covers them.",
        rows=rows,
    )


def _facts(organisation: Organisation, reading: Reading, reader: Reader) -> list[Fact]:
    known, content = reading.facts, reading.content
    url = reverse("reviews:signed_content", args=[organisation.slug, reading.qualification.pk])
    alone = "" if MARKET_ROLES[known.role].delegate_allowed else ". A delegate cannot sign for this role"
    return [
        Fact(label="Signing as", value=_signing_as(reading, reader)),
        Fact(label="For", value=f"{known.label}, {_codes(known.mpids)}{alone}"),
        Fact(label="Covers", value=_covers(reading)),
        Fact(
            label="Seal",
            value=[
                Code(f"SHA-256 {content.short}"),
                " ",
                Link("Check it yourself", url, hint="the content whose hash this is"),
            ],
        ),
        Fact(label="In full", value=Code(content.sha256)),
    ]


def _signing_as(reading: Reading, reader: Reader) -> str:
    if not reader.may_sign:
        return f"{who_signs(reading.facts.role)}: {names_of(reading.signatories, reading.facts.role)}"
    if reading.capacity == Capacity.DELEGATE and reading.letter:
        return f"{reader.name}, delegate of {reading.letter.director_name}, by an accepted letter"
    return f"{reader.name}, company director"


def _covers(reading: Reading) -> str:
    plans = len(reading.content.data["open_items"])
    frozen = max((version.submitted_at for version in reading.versions.values()), default=None)
    if frozen is None:
        return "Nothing is submitted yet"
    numbers = ", ".join(
        f"{scope} part version {version.number}" for scope, version in reading.versions.items()
    )
    compared = reading.compared
    return (
        f"{compared.answers} answers, {count(compared.evidence, 'piece')} of evidence,"
        f" {count(plans, 'plan')}; {numbers}, frozen {instant(frozen)}"
    )


def _refusal(reading: Reading, reader: Reader, is_open: bool) -> Refusal | None:
    if not is_open:
        return Refusal(
            title=f"Not yet, for {count(len(reading.lacks), 'reason')}."
            if reading.lacks
            else "There is nothing to sign now.",
            reasons=[_reason(lack) for lack in reading.lacks],
            note=reader.why_not,
        )
    if reader.may_sign:
        return None
    return Refusal(
        title="You can read this, and others sign it.",
        reasons=[reader.why_not, *_letter_reason(reading)],
        note=f"Named here: {names_of(reading.signatories, reading.facts.role)}.",
    )


def _reason(lack: Lack) -> Words:
    since = f" since {day(lack.since)}" if lack.since else ""
    return f"{lack.what} Held by {lack.holder_label}{since}."


def _letter_reason(reading: Reading) -> list[str]:
    if not MARKET_ROLES[reading.facts.role].delegate_allowed:
        return []
    if reading.letter is None:
        return ["No letter of delegated authority is in hand."]
    if reading.letter.status == LetterState.ACCEPTED:
        return [f"The letter names {reading.letter.delegate_name}."]
    return [f"The letter for {reading.letter.delegate_name} is not accepted yet."]


def _changed_since(seen: str, reading: Reading) -> Refusal:
    return Refusal(
        title="Not signed: this was changed since you opened it.",
        reasons=[
            f"You were shown content with the seal {seen[:4]} {seen[4:8]} …; it now has"
            f" {reading.content.short}.",
            "An answer, a plan, a report or an assertion that you sign for has changed.",
        ],
        note="Nothing was signed and nobody was told. The page shows it as it stands now: read it"
        " again, then sign.",
    )


def decline_form(organisation: Organisation, role: str, form: BaseForm, back: str) -> FormPage:
    """Return the form in which somebody declines to sign."""
    return FormPage(
        head=Head(
            title="Decline to sign, with a reason",
            lead=(
                "Your reason goes to the admins of your organisation and to the reviewing bodies."
                " Nothing else changes; you, or another director, can sign later."
            ),
            crumbs=[
                Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
                Link(MARKET_ROLES[role].label, back),
                Link("Decline"),
            ],
        ),
        form=form,
        submit=Action(text="Decline to sign", kind="danger", method="submit"),
        cancel=Link("Back to the QAD", back),
    )
