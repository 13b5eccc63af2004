"""Playing Pre-Qualification Submissions in the browser's time: written, handed in, judged."""

from participants.enums import Duty
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from waves.models import PreQualification
from waves.services import pre_qualification, pre_qualifying

_JUDGES = (Duty.LEAD, Duty.REVIEWER)


def pre_qualify(scene: Scene, act: Act) -> None:
    """The master admin writes or hands in; the body that made the organisation judges."""
    how, own = act.data["how"], scene.own
    if how in ("write", "submit"):
        with scene.acting(scene.admin, act.at) as actor:
            _own_act(scene, how, act.data["said"], actor, act.at)
        return
    with scene.acting(scene.cast.having(own.created_by_body, *_JUDGES), act.at) as actor:
        held = PreQualification.objects.get(organisation=scene.organisation)
        judge = pre_qualification.accept if how == "accept" else pre_qualification.give_back
        judge(pre_qualification=held, actor=actor, at=act.at, **act.data["said"])


def _own_act(scene: Scene, how: str, said: dict, actor, at) -> None:
    rows = PreQualification.objects.filter(organisation=scene.organisation)
    revision = rows.values_list("revision", flat=True).first() or 0
    known = {"organisation": scene.organisation, "revision": revision, "actor": actor, "at": at}
    if how == "write":
        pre_qualifying.save(said=said, **known)
    else:
        pre_qualifying.submit(**known)
