"""The rules of reach that several tables of this floor share."""

from foundation.tenancy.protection import CHANGE, OWN, READ, Protection, Rule

BOTH = Protection(participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))
BODIES_WRITE = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))
# A submission makes approvals lapse, so participants may change them; policy lets them no more.
LAPSES = Protection(
    participant=Rule("SELECT, UPDATE", OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
)
