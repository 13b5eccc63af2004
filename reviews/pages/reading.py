"""What whoever signs reads first: what changed, what stays open, what is asserted (R105)."""

from collections.abc import Mapping
from datetime import date

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import day, days, instant
from foundation.ui.blocks import Action, Fact, Refusal, Step
from foundation.ui.counting import counted, opened
from foundation.ui.pages import Head, SignOff, SignOffRow, SignOffSection
from foundation.ui.parts import Code, Lines, Link, Mark, Status, Words
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Organisation
from reviews.assembly.signing import Reading, Spot
from reviews.enums import Capacity, LetterState
from reviews.pages.signing import (
    codes_in_words,
    in_groups,
    names_of,
    said_of_lost,
    sign_by,
    state_of,
    who_signs,
)
from reviews.qualified import Facts, Lack

SHOWN = 12  # changed answers that the page names; the rest is a link away


def sign_page(
    organisation: Organisation,
    reading: Reading,
    form: BaseForm,
    *,
    today: date,
    stale: str = "",
) -> SignOff:
    """Return what is read before signing; nothing is ticked for the reader.

    ``stale`` is the hash that the reader was shown, where the content has changed since.
    """
    is_open = not reading.lacks and reading.facts.status == Where.CONTENT_AGREED
    offers = is_open and reading.signer.may_sign
    args = [organisation.slug, reading.qualification.pk]
    return SignOff(
        head=_head(organisation, reading, is_open, today),
        steps=_steps(reading, offers),
        sections=[_changed(organisation, reading), _open(reading), _asserted(reading)],
        declaration_title="Your confirmation" if offers else "What is confirmed",
        declaration=reading.content.statement,
        facts=_facts(organisation, reading),
        hidden={"seen": reading.content.sha256},
        fields=[form["read"], form["password"]] if offers else [],
        sign=Action(
            text=f"Sign as {reading.signer.name}", kind="primary", method="submit", icon="pen"
        )
        if offers
        else None,
        decline=Action(text="Decline, with a reason", url=reverse("reviews:decline", args=args))
        if offers
        else None,
        refusal=_changed_since(stale, reading) if stale else _refusal(reading, is_open),
        note=_NOTE if offers else "",
        errors=_errors(form),
    )


def _errors(form: BaseForm) -> list[Link]:
    return [
        Link(said, f"#{form[name].id_for_label}" if name in form.fields else "#main")
        for name, errors in form.errors.items()
        for said in errors
    ]


_NOTE = (
    "You are asked for your password. The time is taken from the server. If anything of this is"
    " reopened later, this page will say that your signature no longer covers it."
)


def _head(organisation: Organisation, reading: Reading, is_open: bool, today: date) -> Head:
    role = MARKET_ROLES[reading.qualification.role].label
    return Head(
        kicker=Status("One signature, yours", "your_move")
        if is_open and reading.signer.may_sign
        else Status("Waits for a signature", "waiting")
        if is_open
        else state_of(reading.facts),
        title=_title(role, reading, is_open),
        lead=_lead(organisation, reading, today),
        crumbs=[
            Link("Sign-off", reverse("reviews:sign_off", args=[organisation.slug])),
            Link(role),
        ],
        browser_title=f"Sign-off, {role}",
    )


def _title(role: str, reading: Reading, is_open: bool) -> str:
    if is_open and reading.signer.may_sign:
        return f"Your Final QAD for {role} is agreed and ready for you to sign."
    if is_open:
        return f"The Final QAD for {role} is agreed and waits for a signature."
    return f"The QAD for {role} cannot be signed yet."


def _lead(organisation: Organisation, reading: Reading, today: date) -> Words:
    said: list[Words] = []
    if not reading.lacks and reading.facts.content_agreed_at:
        said.append(
            f"{_bodies(reading.facts)} have confirmed that all open comments are addressed."
        )
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


def _steps(reading: Reading, offers: bool) -> list[Step]:
    compared, content = reading.compared, reading.content.data
    asserted = len(compared.declared) + len(content["assertions"])
    notes = (
        ("1 What changed", counted(len(compared.changed) + len(compared.new), "answer")),
        ("2 What stays open", counted(len(content["open_items"]), "plan")),
        ("3 What you assert", counted(asserted, "declaration")),
        ("4 Sign", ""),
    )
    return [
        Step(
            label=label,
            note=note,
            url=f"#step-{place}",
            state="now" if place == 4 and offers else "ahead",
        )
        for place, (label, note) in enumerate(notes, start=1)
    ]


def _changed(organisation: Organisation, reading: Reading) -> SignOffSection:
    compared = reading.compared
    if not reading.facts.final_submitted_at or not compared.answers:
        return SignOffSection(
            title="What changed since the Initial QAD",
            note="The Final QAD is not submitted yet; there is nothing to compare.",
        )
    rows = _earlier_row(organisation, reading)
    rows += [_spot_row(organisation, spot) for spot in compared.changed[:SHOWN]]
    more = len(compared.changed) - SHOWN
    if more > 0:
        first = compared.changed[SHOWN]
        text = f"{opened(counted(more, 'further answer'))} changed."
        rows.append(SignOffRow(code="More", text=text, end=_link(organisation, first, "Read them")))
    if compared.new:
        codes = ", ".join(spot.code for spot in compared.new)
        rows.append(
            SignOffRow(
                code="New",
                text=f"{opened(counted(len(compared.new), 'answer'))} given at Final only: {codes}",
                end=_link(organisation, compared.new[0], "Read them"),
            )
        )
    touched = len(compared.changed) + len(compared.new)
    return SignOffSection(
        title="What changed since the Initial QAD",
        note=f"{touched} of {compared.answers} answers, and"
        f" {counted(compared.new_evidence, 'piece')} of evidence."
        if compared.has_initial
        else "Nothing was submitted as Initial, so that everything is new.",
        rows=rows,
    )


def _earlier_row(organisation: Organisation, reading: Reading) -> list[SignOffRow]:
    """Who signed before reads first what that signature no longer covers (R111)."""
    if reading.earlier is None:
        return []
    who, on = reading.earlier.signer_name, day(reading.earlier.signed_at)
    url = reverse("reviews:sheet", args=[organisation.slug, reading.qualification.pk])
    link = Link("The void signature", f"{url}?signature={reading.earlier.pk}")
    text = said_of_lost(reading.lost)
    return [SignOffRow(code="Signed", text=Lines([f"{who} signed on {on}.", text]), end=link)]


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
    planned = opened(counted(len(items) - bare, "agreed plan"))
    note = f"{planned}. You commit the company to these dates."
    if not items:
        note = "Nothing: every finding and observation is cleared."
    elif bare:
        note += f" {opened(counted(bare, 'item'))} without a plan."
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
        end=Lines([_iso_day(plan["due_on"]), plan["owner"]]) if plan else "",
    )


def _iso_day(text: str) -> str:
    return day(date.fromisoformat(text))


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
            end=_iso_day(row["complete_by"]),
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


def _facts(organisation: Organisation, reading: Reading) -> list[Fact]:
    known, content = reading.facts, reading.content
    url = reverse("reviews:signed_content", args=[organisation.slug, reading.qualification.pk])
    alone = (
        ""
        if MARKET_ROLES[known.role].delegate_allowed
        else ". A delegate cannot sign for this role"
    )
    return [
        Fact(
            label="Signing as" if reading.signer.may_sign else "Who signs",
            value=_signing_as(reading),
        ),
        Fact(label="For", value=f"{known.label}, {codes_in_words(known.mpids)}{alone}"),
        Fact(label="Covers", value=_covers(reading)),
        Fact(
            label="Seal",
            value=[
                Code(f"SHA-256 {content.short}"),
                " ",
                Link("Check it yourself", url, hint="the content whose hash this is"),
            ],
        ),
        Fact(label="In full", value=Code(in_groups(content.sha256))),
    ]


def _signing_as(reading: Reading) -> str:
    if not reading.signer.may_sign:
        return (
            f"{who_signs(reading.facts.role)}: {names_of(reading.signatories, reading.facts.role)}"
        )
    if reading.signer.capacity == Capacity.DELEGATE and reading.letter:
        director = reading.letter.director_name
        return f"{reading.signer.name}, delegate of {director}, by an accepted letter"
    return f"{reading.signer.name}, company director"


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
        f"{compared.answers} answers, {counted(compared.evidence, 'piece')} of evidence,"
        f" {counted(plans, 'plan')}; {numbers}, frozen {instant(frozen)}"
    )


def _refusal(reading: Reading, is_open: bool) -> Refusal | None:
    if not is_open:
        return Refusal(
            title=f"Not yet, for {counted(len(reading.lacks), 'reason')}."
            if reading.lacks
            else "There is nothing to sign now.",
            reasons=[_reason(lack) for lack in reading.lacks],
            note=reading.signer.why_not,
        )
    if reading.signer.may_sign:
        return None
    return Refusal(
        title="You can read this, and others sign it.",
        reasons=[reading.signer.why_not, *_letter_reason(reading)],
        note=f"Named here: {names_of(reading.signatories, reading.facts.role)}.",
    )


def _reason(lack: Lack) -> Words:
    since = f" since {day(lack.since)}" if lack.since else ""
    return f"{lack.what} Held by {lack.holder_label}{since}."


def _letter_reason(reading: Reading) -> list[str]:
    if not MARKET_ROLES[reading.facts.role].delegate_allowed or reading.signer.lacks_letter:
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
