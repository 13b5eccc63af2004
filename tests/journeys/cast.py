"""The people of a journey, each with a window; their accounts are there before it begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from participants.models import Organisation
from tests import factories
from tests.journeys.window import Window


@dataclass(frozen=True, slots=True)
class Cast:
    """An applicant's people and the bodies that review and decide."""

    name: str
    organisation: Organisation
    admin: Window
    director: Window
    bodies: Mapping[str, Window]

    @property
    def slug(self) -> str:
        """The organisation's part of every address."""
        return self.organisation.slug


def applicant(
    window: Callable[..., Window], name: str, role: str, route: str, *bodies: str
) -> Cast:
    """Set up an organisation with a qualification, an admin, a director and the bodies' leads."""
    organisation = factories.make_organisation(name)
    factories.make_qualification(organisation, role, route)
    admin = factories.make_member(organisation, name="Priya Nadarajan")
    director = factories.make_member(
        organisation,
        name="Margaret Iwu",
        is_master_admin=False,
        is_author=False,
        is_director=True,
    )
    leads = {"BSC": "Ruth Adeyemi", "REC": "Owen Pryce", "DIP": "Ines Duarte"}
    return Cast(
        name=name,
        organisation=organisation,
        admin=window(admin.person),
        director=window(director.person),
        bodies={each: window(factories.make_staff(each, name=leads[each])) for each in bodies},
    )
