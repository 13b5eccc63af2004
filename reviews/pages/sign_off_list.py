"""What there is to sign: for each market role whose turn it is, until when, and why not yet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from foundation.tenancy.actor import Actor
from foundation.ui.blocks import Action, Empty
from foundation.ui.counting import counted, opened
from foundation.ui.pages import Column, Head, ListPage, Row, Table
from foundation.ui.parts import Lines, Status, Words
from participants.enums import ENDED
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Organisation
from reviews.pages.signing import codes_in_words, named_for, names_of, sign_by, who_signs
from reviews.qualified import Facts, bands
from waves.models import Obligation
from waves.routes import ROUTES


def sign_off_list(
    organisation: Organisation,
    known: Sequence[Facts],
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
    actor: Actor,
    mine: Collection[UUID] = (),
    today: date | None = None,
) -> ListPage:
    """Return the organisation's market roles, those that can be signed now first.

    ``mine`` are the qualifications that the reader may sign.
    """
    has_delegates = any(MARKET_ROLES[each.role].delegate_allowed for each in known)
    letters = Action(
        text="Letters for delegates", url=reverse("reviews:letters", args=[organisation.slug])
    )
    ordered = sorted(known, key=lambda each: (not _waits(each), each.id not in mine))
    return ListPage(
        head=Head(
            title=_title(known, mine),
            browser_title="Sign-off",
            lead=_lead(actor),
            actions=[letters] if has_delegates else [],
        ),
        table=Table(
            caption="Market roles and their signatures",
            columns=[
                Column(label="Market role"),
                Column(label="Where it stands"),
                Column(label="Sign by"),
                Column(label="Who signs"),
            ],
            rows=[_row(organisation, each, due, signatories, mine, today) for each in ordered],
        ),
        empty=Empty(
            title="Nothing to sign yet.",
            text="A code body adds the market roles; each is signed once its content is agreed.",
        ),
        footnote="Who signs confirms that the information and the evidence are complete and"
        " accurate (QA&P 10.2).",
    )


_LEAD = (
    "Each market role is signed on its own, once every body has approved its QAD. The signature"
    " covers exactly what its page shows."
)
_LEAD_OF_DIRECTOR = (
    "You sign each market role on its own, once every body has approved its QAD. You first read"
    " what changed, what stays open and what you assert."
)


_LEAD_OF_DELEGATE = (
    "You sign a market role once every body has approved its QAD, where the REC Code Manager has"
    " accepted a letter for you. The others are signed by a company director."
)


def _lead(actor: Actor) -> str:
    if not actor.is_participant:
        return _LEAD
    if "DIRECTOR" in actor.duties:
        return _LEAD_OF_DIRECTOR
    return _LEAD_OF_DELEGATE if "DELEGATE" in actor.duties else _LEAD


def _waits(known: Facts) -> bool:
    return known.status == Where.CONTENT_AGREED and not known.signature_stands


def _title(known: Sequence[Facts], mine: Collection[UUID]) -> str:
    open_now = [each.id for each in known if _waits(each)]
    yours = [key for key in open_now if key in mine]
    waiting = len(yours or open_now)
    if waiting:
        verb, whose = "waits" if waiting == 1 else "wait", "your" if yours else "a"
        return f"{opened(counted(waiting, 'QAD'))} {verb} for {whose} signature."
    if known and all(each.signature_stands for each in known):
        return "Everything is signed."
    return "Nothing can be signed yet." if known else "Sign-off"


def _row(
    organisation: Organisation,
    known: Facts,
    due: Mapping[UUID, Obligation],
    signatories: Sequence[Membership],
    mine: Collection[UUID],
    today: date | None,
) -> Row:
    by = sign_by(organisation, known.id, due.get(known.id), today)
    return Row(
        cells=[
            Lines([known.label, f"{ROUTES[known.route].label}, {codes_in_words(known.mpids)}"]),
            _standing(known, mine),
            "" if known.signature_stands else by,
            _signatories(known, signatories),
        ],
        url=reverse("reviews:sign_off_of", args=[organisation.slug, known.id]),
        marked=_waits(known) and known.id in mine,
    )


def _signatories(known: Facts, signatories: Sequence[Membership]) -> Words:
    """Who signs; while something is left to sign, that nobody could stands out (R105)."""
    said = [who_signs(known.role), names_of(signatories, known.role)]
    is_over = known.status in ENDED or known.signature_stands or known.on_paper
    if is_over or named_for(signatories, known.role):
        return Lines(said)
    return Lines([Status("Nobody could sign", "at_risk"), *said])


def _standing(known: Facts, mine: Collection[UUID]) -> Words:
    if _waits(known):
        status = ("Read it and sign", "your_move") if known.id in mine else (
            "Waits for a signature", "waiting"
        )  # fmt: skip
        return Lines([Status(*status), "Every body has approved it; no comment is open."])
    cell = bands(known)[-1].lines[0].cell
    said = [cell.text] if cell.text else []
    if cell.holder and not known.signature_stands:
        said.append(f"With {cell.holder}")
    return Lines([Status(cell.word, cell.state), *said])
