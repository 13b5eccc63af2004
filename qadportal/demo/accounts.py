"""The accounts of the demonstration: one password for all, and whom to sign in as for what."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password

from foundation.errors import Denied
from qadportal.demo.corpus import Corpus, Organisation, Person

PASSWORD = "half-hourly and settled"  # noqa: S105 - known to everybody, and refused outside a demo

# E-mail -> what this person shows; the first of each kind is the one to begin with.
TOUR = (
    (
        "priya.nadarajan@fennmoor.example",
        "master admin and author, replies needed, Initial reviewed",
    ),
    ("callum.reyes@fennmoor.example", "author limited to sections N and P"),
    ("gillian.orme@brackwater.example", "master admin whose next opening makes the QAD Final"),
    ("harriet.munro@greywether.example", "author in the middle of a Final QAD"),
    ("alastair.umeh@quillfeather.example", "director, a QAD waits for the signature"),
    ("lorna.whitcombe@dunmallet.example", "delegate with an accepted letter, may sign Smart MEM"),
    ("fiona.strathmore@lochard.example", "master admin of a QAD that nobody has opened"),
    ("ruth.adeyemi@bsc.example", "lead reviewer, BSC"),
    ("conrad.bellweather@bsc.example", "reviewer, BSC: data services and networks"),
    ("owen.pryce@rec.example", "lead reviewer, REC"),
    ("katarzyna.zielinska@dip.example", "lead reviewer, DIP Manager"),
    ("helen.prior@bsc.example", "PAB secretary: packs and BSC decisions"),
    ("julian.ferrars@rec.example", "decides for the REC Code Manager"),
    ("morag.lindsell@dip.example", "confirms DIP Users"),
    ("dev.malhotra@bsc.example", "test manager of the waves"),
    ("leila.sandham@mhhsp.example", "test manager of SIT, the Programme"),
    ("annika.thorsby@mhhsp.example", "lead of the Programme: agrees to reliance off the waves"),
    ("jasmine.verrall@mhhsp.example", "reader at the Migration Control Centre"),
    ("imogen.sallis@bsc.example", "wave planner, BSC: the board, what-ifs, the wait list"),
    ("tobias.renwick@rec.example", "wave planner, REC: places of MEMs"),
    ("martin.sowerby@bsc.example", "portal administrator: organisations, accounts, portal time"),
)


# Where the work of some begins; that of reviewers lies in their queue.
BEGINNINGS = {
    "helen.prior@bsc.example": "/desk/packs/",
    "julian.ferrars@rec.example": "/desk/decisions/",
    "dev.malhotra@bsc.example": "/desk/organisations/",
    "leila.sandham@mhhsp.example": "/desk/organisations/",
    "annika.thorsby@mhhsp.example": "/desk/reliance/",
    "jasmine.verrall@mhhsp.example": "/desk/qualified/",
    "imogen.sallis@bsc.example": "/desk/waves/",
    "tobias.renwick@rec.example": "/desk/waves/",
    "martin.sowerby@bsc.example": "/desk/organisations/",
}


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the table of accounts."""

    name: str
    email: str
    what_for: str
    address: str


def require_demonstration() -> None:
    """Raise Denied outside a demonstration: the password is known to everybody."""
    if not settings.DEMO:
        raise Denied("Demonstration accounts exist in a demonstration only (PORTAL_DEMO=1).")


def hashed_password() -> str:
    """Return the password's hash; made once, since it is meant to be slow."""
    require_demonstration()
    return make_password(PASSWORD)


def tour(corpus: Corpus) -> Iterator[Account]:
    """Yield the accounts to show, with the address to begin at."""
    people = {
        person.email: (person, organisation)
        for organisation in corpus.organisations
        for person in organisation.people
    }
    staff = {each.email: each for each in corpus.staff}
    for email, what_for in TOUR:
        if email in staff:
            yield Account(staff[email].name, email, what_for, BEGINNINGS.get(email, "/desk/"))
        else:
            person, organisation = people[email]
            yield Account(person.name, email, _of(organisation, what_for), _address(organisation))


def _of(organisation: Organisation, what_for: str) -> str:
    return f"{organisation.name}: {what_for}"


def _address(organisation: Organisation) -> str:
    return f"/o/{organisation.slug}/"


def flags(person: Person) -> dict[str, bool]:
    """Return what a membership is for, as the services take it."""
    return {
        "is_master_admin": person.master_admin,
        "is_author": person.author,
        "is_director": person.director,
        "is_delegate": person.delegate,
    }
