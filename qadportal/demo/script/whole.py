"""PURE: all acts of one organisation, in the order of time."""

from qadportal.demo.corpus import Corpus, Organisation
from qadportal.demo.script.acts import Act
from qadportal.demo.script.beginnings import beginnings, testing
from qadportal.demo.script.board import places
from qadportal.demo.script.joining import joining
from qadportal.demo.script.judgement import judgement, talk
from qadportal.demo.script.submissions import reopenings, submissions
from submissions.template_types import Template
from waves.timetable import Timetable


def acts_of(
    own: Organisation, corpus: Corpus, template: Template, timetable: Timetable
) -> list[Act]:
    """Return every act of an organisation up to the day of the demonstration."""
    sections = {
        section.code: {question.scope for question in section.questions}
        for section in template.sections
    }
    acts = [
        *beginnings(own),
        *testing(own, timetable, corpus.today),
        *places(own),
        *joining(own),
        *submissions(own, sections, timetable, corpus.today),
        *reopenings(own),
        *judgement(own),
        *(one for thread in corpus.threads_of(own.slug) for one in talk(own, thread)),
    ]
    return sorted(acts, key=lambda one: one.at)
