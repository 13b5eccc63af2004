"""What the participant was told about a question, and what reviewers look for."""

from foundation.ui.blocks import Empty, Fact
from foundation.ui.pages import Head
from foundation.ui.parts import Link
from participants.pages.general import Section, SectionsPage
from reviews.pages.question import Desk


def criterion_page(desk: Desk) -> SectionsPage:
    """Return guidance, criterion and source of a question under review."""
    question, template = desk.one.question, desk.reading.template
    return SectionsPage(
        head=Head(
            title=f"{question.code} {question.title}",
            lead=question.ask,
            crumbs=[Link("Back to the answer", desk.url), Link("Guidance and criterion")],
        ),
        sections=[
            Section(title="What the participant was told", note=question.guidance),
            _criterion(desk),
            Section(
                title="Where it comes from",
                facts=[
                    Fact(label="Template", value=f"{template.title} {template.version}"),
                    Fact(label="Source", value=question.source),
                    Fact(label="Read by", value=", ".join(desk.one.readers)),
                ],
            ),
        ],
    )


def _criterion(desk: Desk) -> Section:
    points = desk.one.question.criterion
    title = "What reviewers look for"
    if not points:
        return Section(title=title, empty=Empty(title="No criterion is published for it."))
    facts = [Fact(label=str(number), value=point) for number, point in enumerate(points, start=1)]
    return Section(title=title, facts=facts)
