"""What people are told of places in the waves (NT5 to NT8, NT13); each organisation of its own."""

from collections.abc import Iterable
from datetime import date, datetime

from foundation.notices.outbox import Recipient, announce
from participants import queries as people
from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from waves.because import long_day
from waves.enums import Judgement
from waves.models import Dependant, Place

_PLANNERS = (Duty.PLANNER, Duty.LEAD)


def indicated(place: Place, route: str, because: str, *, at: datetime) -> None:
    """Tell an organisation its indicative wave (NT5)."""
    _tell(
        place,
        "indicated",
        f"{route} is indicated",
        f"{route} is indicated for you. An indication is not an allocation yet. {because}",
        at=at,
    )


def allocated(place: Place, route: str, because: str, *, at: datetime) -> None:
    """Tell an organisation its wave (NT5)."""
    _tell(
        place,
        "allocated",
        f"allocated to {route}",
        f"You are allocated to {route}. Your dates follow it. {because}",
        at=at,
    )


def proposed(place: Place, route: str, because: str, *, at: datetime) -> None:
    """Tell an organisation that it may be moved, before anything is (NT6, R36)."""
    _tell(
        place,
        "proposed",
        f"a move to {route} is proposed",
        f"The code bodies propose to move you to {route} and will talk with you first. Nothing has"
        f" moved yet. Reason: {because}",
        at=at,
    )


def proposal_dropped(place: Place, because: str, *, at: datetime) -> None:
    """Tell an organisation that it stays where it is."""
    _tell(
        place,
        "dropped",
        "you keep your wave",
        f"The proposed move is dropped and you keep your wave. {because}",
        at=at,
    )


def waits(place: Place, route: str, because: str, *, at: datetime) -> None:
    """Tell both sides that an earlier wave was asked for (NT7)."""
    _tell(
        place,
        "waits",
        f"on the wait list for {route}",
        f"You are on the wait list for {route} and keep the wave that you hold. The list has no"
        " order; the code bodies choose when room comes free (QA&P 9.3.2).",
        at=at,
    )
    _tell_bodies(place, "waits", f"asks for {route}, an earlier wave", because, at=at)


def wait_ended(place: Place, because: str, *, at: datetime) -> None:
    """Tell an organisation that it is no longer on the wait list (NT7)."""
    text = f"You are no longer on the wait list and keep your wave. {because}"
    _tell(place, "wait-ended", "no longer on the wait list", text, at=at)


def offered(place: Place, route: str, until: date, because: str, *, at: datetime) -> None:
    """Tell an organisation that it can have the earlier wave (NT7)."""
    _tell(
        place,
        "offered",
        f"{route} offered, answer by {long_day(until)}",
        f"You can have {route}. Accept or decline by the end of {long_day(until)}; until then you"
        f" keep your wave. {because}",
        at=at,
    )


def offer_taken_back(place: Place, because: str, *, at: datetime) -> None:
    """Tell an organisation that the offer no longer stands (NT7)."""
    text = f"The offer of an earlier wave is taken back; you stay on the wait list. {because}"
    _tell(place, "offer-back", "the offer is taken back", text, at=at)


def answered(place: Place, said: str, *, at: datetime) -> None:
    """Tell the code bodies how an organisation answered (NT7)."""
    _tell_bodies(place, "answered", said, "", at=at)


def later_asked(place: Place, route: str, because: str, *, at: datetime) -> None:
    """Tell the code bodies that a later wave was asked for."""
    _tell_bodies(place, "later", f"asks for {route}, a later wave", because, at=at)


def later_refused(place: Place, because: str, *, at: datetime) -> None:
    """Tell an organisation that it cannot have a later wave."""
    text = f"You keep your wave. Reason: {because}"
    _tell(place, "later-refused", "the later wave is not granted", text, at=at)


def sent_to_enduring(place: Place, because: str, *, at: datetime) -> None:
    """Tell an organisation that it leaves the waves (R42)."""
    _tell(
        place,
        "enduring",
        "to the enduring arrangements",
        "The code bodies decided that you leave the waves for the enduring arrangements"
        f" (QA&P Appendix B, Pathway 4). Reason: {because}",
        at=at,
    )


def judged(place: Place, checkpoint: int, judgement: str, because: str, *, at: datetime) -> None:
    """Tell everybody concerned how a checkpoint was judged; nothing moves by it (NT13, R38)."""
    word = Judgement(judgement).label.lower()
    text = f"Checkpoint {checkpoint} is judged “{word}”. Nothing moves by this. Reason: {because}"
    _tell(place, f"judged{checkpoint}", f"checkpoint {checkpoint}: {word}", text, at=at)
    bodies = MARKET_ROLES[place.role].deciding_bodies
    staff = people.staff_recipients(bodies, (*_PLANNERS, Duty.TEST_MANAGER))
    _tell_staff(
        place, f"judged{checkpoint}", f"checkpoint {checkpoint}: {word}", because, staff, at
    )


def to_look_at_again(flag: Dependant, *, at: datetime) -> None:
    """Name both to the bodies; tell the organisation only that its plan needs a review (NT8)."""
    held = flag.qualification
    bodies = MARKET_ROLES[held.role].deciding_bodies
    announce(
        kind="dependant",
        key=f"{flag.pk}:bodies",
        recipients=people.staff_recipients(bodies, _PLANNERS),
        subject=f"{held.organisation.name}: look at {_role(held)} again after a move",
        text=flag.text,
        path=f"/desk/waves/places/{held.pk}/",
        at=at,
        organisation_id=held.organisation_id,
    )
    announce(
        kind="dependant",
        key=f"{flag.pk}:organisation",
        recipients=people.member_recipients(held.organisation_id),
        subject=f"{held.organisation.name}: your plan for {_role(held)} needs a review",
        text="Something that your plan for reliance rests on has changed. Your wave stays as it is."
        " The code bodies will speak with you; please look at your plan meanwhile.",
        path=f"/o/{held.organisation.slug}/wave/",
        at=at,
        organisation_id=held.organisation_id,
    )


def _tell(place: Place, what: str, headline: str, text: str, *, at: datetime) -> None:
    held = place.qualification
    announce(
        kind="place",
        key=f"{place.pk}:{what}:{at.isoformat()}",
        recipients=people.member_recipients(held.organisation_id),
        subject=f"{held.organisation.name}: {_role(held)}: {headline}",
        text=f"{_role(held)}: {text.strip()}",
        path=f"/o/{held.organisation.slug}/wave/",
        at=at,
        organisation_id=held.organisation_id,
    )


def _tell_bodies(place: Place, what: str, headline: str, because: str, *, at: datetime) -> None:
    bodies = MARKET_ROLES[place.role].deciding_bodies
    _tell_staff(place, what, headline, because, people.staff_recipients(bodies, _PLANNERS), at)


def _tell_staff(
    place: Place,
    what: str,
    headline: str,
    because: str,
    staff: Iterable[Recipient],
    at: datetime,
) -> None:
    held = place.qualification
    announce(
        kind="place",
        key=f"{place.pk}:{what}:staff:{at.isoformat()}",
        recipients=staff,
        subject=f"{held.organisation.name}: {_role(held)}: {headline}",
        text=f"{held.organisation.name}, {_role(held)}: {headline}. {because}".strip(),
        path=f"/desk/waves/places/{held.pk}/",
        at=at,
        organisation_id=held.organisation_id,
    )


def _role(held: Qualification) -> str:
    return MARKET_ROLES[held.role].short_label
