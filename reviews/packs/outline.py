"""PURE: the order of a pack: which sections an application has, their letters, names, anchors."""

from dataclasses import dataclass

from reviews.packs.content import Application, Pack

TAB_SLOTS = 8  # the ninth item begins at the top of the edge again


@dataclass(frozen=True, slots=True)
class Section:
    """A lettered section of an application's file, ready for heading, contents and running head."""

    letter: str
    title: str
    name: str
    in_contents: str
    template: str
    content: object
    anchor: str


_SECTIONS = (  # letter, field, title, short title, line in the contents
    ("B", "tests", "Tests and defects", "", "Tests and defects, with work-off plans"),
    ("C", "commitments", "Reliance, exemption, assertion", "", ""),
    ("D", "findings", "Findings and agreed action plans", "Findings and plans", ""),
    ("E", "answers", "Answers as signed", "", ""),
    ("F", "evidence", "Evidence index", "", ""),
    ("G", "declaration", "Declaration and signature", "", ""),
)


def sections(application: Application) -> tuple[Section, ...]:
    """Return the sections B to G that the application's file holds, in order."""
    return tuple(
        Section(
            letter=letter,
            title=_titled(application, field, title),
            name=name or _titled(application, field, title),
            in_contents=listed or _titled(application, field, title),
            template=f"_{field}.html",
            content=getattr(application, field),
            anchor=anchor(application, letter),
        )
        for letter, field, title, name, listed in _SECTIONS
        if getattr(application, field) is not None
    )


def _titled(application: Application, field: str, title: str) -> str:
    """Return the title of a section; answers that nobody has signed are not called signed."""
    declared = application.declaration
    unsigned = declared is not None and declared.signature is None
    return "Answers as submitted" if field == "answers" and unsigned else title


def anchor(application: Application, letter: str) -> str:
    """Return the address of a section inside the pack."""
    return f"item-{application.number}-{letter}"


def slot(position: int) -> int:
    """Return the place on the edge of the thumb tab of an application, counted from 0."""
    return position % TAB_SLOTS + 1


def expected_pages(pack: Pack) -> int:
    """Return a rough count of pages, for a progress bar only."""
    pages = 4
    for application in pack.applications:
        pages += 2 + len(sections(application))
        if application.answers is not None:
            answers = [a for s in application.answers.sections for a in s.answers]
            pages += sum(250 + len(a.question) + len(a.text) for a in answers) // 2600
        if application.findings is not None:
            pages += len(application.findings.open) // 3
        if application.evidence is not None:
            pages += len(application.evidence.items) // 20
    return pages
