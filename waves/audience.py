"""Who hears of an obligation: read for a whole batch in two statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self
from uuid import UUID

from django.db.models import Q

from foundation.notices.outbox import Recipient
from participants.enums import Body, Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Membership, Person
from waves.enums import ReminderKind
from waves.models import Obligation

_LATE = (ReminderKind.OVERDUE, ReminderKind.BREACH)
_READERS = frozenset({Duty.REVIEWER, Duty.LEAD})
_DECIDERS = {
    Body.BSC: frozenset({Duty.PAB_SECRETARY, Duty.LEAD}),
    Body.REC: frozenset({Duty.DECISION_MAKER, Duty.LEAD}),
}
_TESTERS = frozenset({Duty.TEST_MANAGER, Duty.LEAD})
_SIGNING = "qad_signoff_deadline"
# From the Final on there is time to name who signs; later there may be none (R105, R106).
_BEFORE_SIGNING = ("final_qad_window", _SIGNING)


class Member(NamedTuple):
    """Somebody of an organisation, as far as reminders ask."""

    who: Recipient
    writes: bool
    is_admin: bool
    is_director: bool
    is_delegate: bool

    @property
    def signs(self) -> bool:
        """Whether a signature is theirs to give, or to see to."""
        return self.is_admin or self.is_director or self.is_delegate


@dataclass(frozen=True, slots=True)
class Audience:
    """The active people of some organisations and of all bodies."""

    members: dict[UUID, list[Member]]
    staff: dict[str, list[tuple[Recipient, frozenset[str]]]]

    @classmethod
    def of(cls, organisation_ids: Iterable[UUID]) -> Self:
        """Read the people of these organisations, and the staff."""
        places = Membership.objects.filter(
            Q(is_master_admin=True) | Q(is_author=True) | Q(is_director=True) | Q(is_delegate=True),
            organisation_id__in=list(organisation_ids),
            is_active=True,
            person__is_active=True,
        ).values_list(
            *("organisation_id", "person__email", "person_id"),
            *("is_master_admin", "is_author", "is_director", "is_delegate"),
        )
        members: dict[UUID, list[Member]] = {}
        for organisation_id, email, person_id, admin, author, director, delegate in places:
            who = Recipient(email, person_id)
            entry = Member(who, admin or author, admin, director, delegate)
            members.setdefault(organisation_id, []).append(entry)
        staff: dict[str, list[tuple[Recipient, frozenset[str]]]] = {}
        rows = Person.objects.exclude(body="").filter(is_active=True)
        for body, email, person_id, duties in rows.values_list("body", "email", "pk", "duties"):
            staff.setdefault(body, []).append((Recipient(email, person_id), frozenset(duties)))
        return cls(members, staff)

    def hears(self, obligation: Obligation, kind: str) -> list[Recipient]:
        """Return whom a reminder goes to: those who hold the duty; of lateness the leads too."""
        if obligation.body:
            return self._staff([obligation.body], _duties_of(obligation))
        signs = obligation.activity == _SIGNING
        people = self.members.get(obligation.organisation_id, ())
        told = [each.who for each in people if (each.signs if signs else each.writes)]
        if kind in _LATE:
            bodies = MARKET_ROLES[obligation.qualification.role].bodies
            told += self._staff(bodies, frozenset({Duty.LEAD}))
        return told

    def lacks_signatory(self, obligation: Obligation) -> bool:
        """Whether the signature comes near and nobody is named who could give it (R105, R106)."""
        if obligation.activity not in _BEFORE_SIGNING:
            return False
        by_delegate = MARKET_ROLES[obligation.qualification.role].delegate_allowed
        people = self.members.get(obligation.organisation_id, ())
        return not any(each.is_director or (by_delegate and each.is_delegate) for each in people)

    def _staff(self, bodies: Iterable[str], duties: frozenset[str]) -> list[Recipient]:
        return [who for body in bodies for who, held in self.staff.get(body, ()) if held & duties]


def _duties_of(obligation: Obligation) -> frozenset[str]:
    if obligation.activity == "qualification_decision":
        return _DECIDERS[Body(obligation.body)]
    return _TESTERS if obligation.activity == "pit_sufficiency" else _READERS
