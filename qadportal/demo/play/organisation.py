"""Playing one organisation from its first day to the day of the demonstration."""

from collections.abc import Callable, Iterable
from types import MappingProxyType

from django.db import transaction

from foundation.errors import Denied, Invalid, Refused
from qadportal.demo.corpus import Corpus, Organisation
from qadportal.demo.play import beginnings, board, joining, judgement, talk, writing
from qadportal.demo.play.cast import Cast
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from submissions.template_types import Template

VERBS: MappingProxyType[str, Callable[[Scene, Act], None]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            beginnings.found,
            beginnings.record_pqs,
            beginnings.add_qualification,
            beginnings.invite_admin,
            beginnings.come_in,
            beginnings.limit_authors,
            beginnings.change_route,
            beginnings.take_step,
            beginnings.receive_report,
            beginnings.agree_work_off,
            beginnings.confirm_pit,
            board.give_place,
            board.plan_place,
            joining.pre_qualify,
            writing.write,
            writing.submit_section,
            writing.submit_initial,
            writing.open_final,
            writing.submit_final,
            writing.change_reopened,
            writing.resubmit,
            judgement.start_review,
            judgement.complete_initial,
            judgement.give_opinion,
            judgement.confirm_comments,
            judgement.request_reopening,
            judgement.decide_reopening,
            judgement.make_assertion,
            judgement.draft_letter,
            judgement.sign_letter,
            judgement.accept_letter,
            judgement.sign,
            judgement.record_accession,
            judgement.say_dip_user,
            judgement.decide,
            talk.talk,
        )
    }
)

# After these a part is not what was read of it: other questions, another stage, other locks.
_MOVES = frozenset(
    {
        *("add_qualification", "change_route", "submit_section", "submit_initial", "open_final"),
        *("submit_final", "decide_reopening", "resubmit"),
    }
)


class PlayError(RuntimeError):
    """A service turned an act of the corpus down; the message names the act and the reason."""


def play(
    own: Organisation, acts: Iterable[Act], *, corpus: Corpus, template: Template, cast: Cast
) -> Scene:
    """Play all acts of an organisation in one transaction, so that it is there whole or not."""
    scene = Scene(own=own, corpus=corpus, template=template, cast=cast)
    with transaction.atomic():
        for act in acts:
            try:
                VERBS[act.verb](scene, act)
                if act.verb in _MOVES:
                    scene.sheets.clear()
            except (Denied, Invalid, Refused) as turndown:
                place = f"{own.slug}, {act.at:%d %b %Y %H:%M}, {act.verb} {act.about} {act.who}"
                raise PlayError(f"{place}: {turndown}") from turndown
    return scene
