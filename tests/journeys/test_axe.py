"""The main pages as each kind of user meets them: accessible, and as wide as the window."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Person
from reviews.services import drafts, exemptions
from tests.journeys.window import DESK, Window
from tests.reviews import builders
from tests.reviews.builders import Scene
from tests.submissions.builders import answer_everything, open_qad

pytestmark = pytest.mark.browser

EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
PHONE = {"width": 390, "height": 844}
# Dark differs from light in its colours alone, so only these are looked at a second time.
LOOKS = (
    ("light", DESK, EVERYTHING),
    ("dark", DESK, COLOURS),
    ("light", PHONE, EVERYTHING),
    ("dark", PHONE, COLOURS),
)


@pytest.fixture
def half_way(portal) -> Scene:
    """An applicant whose Initial is being read, with a finding, a comment and blank answers."""
    here = builders.scene()
    open_qad(here.organisation, here.admin, here.tick())
    answer_everything(here.organisation, here.admin, here.tick(), leave=("J05", "L02"))
    builders.to(here, Status.INITIAL_REVIEW)
    builders.raise_thread(here, "BSC", "FINDING")
    builders.raise_thread(here, "REC", "COMMENT")
    part, lead = here.part(), here.leads["BSC"]
    with acting_as(lead):
        drafts.keep(
            part=part, question="H03", kind="COMMENT", subject="Restart", text="Show it.",
            actor=lead, at=here.tick(),
        )  # fmt: skip
    held = here.fresh(0)
    with acting_as(here.admin):
        mpid = held.mpids.values_list("code", flat=True)[0]
        asked = exemptions.ask(
            qualification=held, kind="SMART", mpid=mpid, reasons="Advanced meters only.",
            actor=here.admin, at=here.tick(),
        )  # fmt: skip
    here.exemption = asked.pk
    return here


@pytest.fixture
def agreed(portal) -> Scene:
    """An applicant whose content is agreed: it waits for its director."""
    return builders.to(builders.scene("MEM_SMART"), Status.CONTENT_AGREED)


def of_a_participant(here: Scene) -> Iterator[str]:
    """The pages of a master admin."""
    place = f"/o/{here.organisation.slug}"
    role, shared = here.part().pk, here.part(None).pk
    yield f"{place}/"
    yield f"{place}/qad/"
    yield f"{place}/qad/{role}/H/"
    yield f"{place}/qad/{role}/H/H03/"
    yield f"{place}/qad/{shared}/A/A02/"
    yield f"{place}/qad/{here.ids[0]}/check/"
    yield f"{place}/threads/{role}/H03/"
    yield f"{place}/road/"
    yield f"{place}/people/"
    yield f"{place}/findings/"
    yield f"{place}/qualified/"
    yield f"{place}/sign-off/"
    yield f"{place}/testing/"
    yield f"{place}/evidence/"


def of_a_reviewer(here: Scene) -> Iterator[str]:
    """The pages of a lead reviewer."""
    place, role = f"/o/{here.organisation.slug}", here.part().pk
    yield "/desk/"
    yield f"{place}/review/"
    yield f"{place}/review/{role}/"
    yield f"{place}/review/{role}/H/H03/"
    yield f"{place}/review/{role}/H/H03/raise/finding/"
    yield f"{place}/approvals/"
    yield f"{place}/gates/{here.ids[0]}/"
    yield "/desk/findings/"
    yield "/desk/qualified/"
    yield "/desk/organisations/"
    yield "/desk/timetable/"
    yield "/desk/drafts/"
    yield f"{place}/drafts/"
    yield "/desk/team/"
    yield "/desk/team/away/"
    yield f"{place}/team/"
    yield f"{place}/team/{role}/?section=H"
    yield f"{place}/conflict/"
    yield "/desk/wordings/new/"
    yield "/desk/exemptions/"
    exemption = f"{place}/exemptions/{here.exemption}/"
    yield exemption
    yield f"{exemption}check/"
    yield f"{exemption}count/"
    yield "/desk/views/"
    yield "/desk/search/?q=restart"


def of_a_secretary(here: Scene) -> Iterator[str]:
    """The pages of the PAB secretary."""
    yield "/desk/"
    yield "/desk/packs/"
    yield "/desk/packs/new/"
    yield "/desk/meetings/"
    yield "/desk/meetings/new/"
    yield "/desk/meetings/months/"
    yield "/desk/decisions/"
    yield f"/desk/decisions/{here.ids[0]}/"
    yield f"/o/{here.organisation.slug}/qualified/"


def of_a_director(here: Scene) -> Iterator[str]:
    """The pages of a director."""
    place = f"/o/{here.organisation.slug}"
    yield f"{place}/"
    yield f"{place}/sign-off/{here.ids[0]}/"
    yield f"{place}/letters/"


def faults_of(window: Window, path: str) -> list[str]:
    """Open a page and return what is wrong with it, in every look."""
    page = window.go(path)
    Axe().run(page, options={"runOnly": {"type": "rule", "values": ["html-has-lang"]}})  # loads it
    found = []
    for scheme, size, rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        look = f"{path} {scheme} {size['width']}"
        wrong = page.evaluate("rules => axe.run({runOnly: rules})", rules)["violations"]
        found += [f"{look}: {each['id']} {each['nodes'][0]['html'][:160]}" for each in wrong]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{look}: wider than the window")
    return found


@pytest.mark.parametrize(
    ("scene", "who", "pages"),
    [
        ("half_way", "admin", of_a_participant),
        ("half_way", "lead", of_a_reviewer),
        ("half_way", "secretary", of_a_secretary),
        ("agreed", "director", of_a_director),
    ],
)
def test_the_main_pages_are_accessible_and_fit(window, request, scene, who, pages):
    here: Scene = request.getfixturevalue(scene)
    actor = here.leads["BSC"] if who == "lead" else getattr(here, who)
    with acting_as(PORTAL):
        person = Person.objects.get(pk=actor.person_id)
    opened = window(person, reduced_motion="reduce")
    assert [fault for path in pages(here) for fault in faults_of(opened, path)] == []
