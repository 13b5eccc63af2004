"""Playing comments, observations and findings: raised, answered, planned, settled."""

from collections.abc import Callable

from foundation.tenancy.actor import Actor
from qadportal.demo.corpus import ORGANISATION_PART
from qadportal.demo.corpus import Thread as Told
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from reviews.enums import ThreadKind
from reviews.models import Thread
from reviews.services import plans, threads


def talk(scene: Scene, act: Act) -> None:
    """Carry one thread one deed further."""
    told = next(each for each in scene.corpus.threads if each.id == act.about)
    actor = scene.members.get(act.who) or scene.cast.staff[act.who]
    with scene.acting(actor, act.at):
        if act.data["deed"] == "raise":
            _raise(scene, told, actor, act)
        else:
            _DEEDS[act.data["deed"]](_thread(scene, told), told, actor, act)


def _raise(scene: Scene, told: Told, actor: Actor, act: Act) -> None:
    raised = threads.raise_thread(
        part=scene.part(key_of(scene, told)),
        question=told.question,
        kind=told.kind,
        subject=told.subject,
        text=act.data["text"],
        severity=told.severity,
        actor=actor,
        at=act.at,
    )
    scene.threads[told.id] = raised.pk


def key_of(scene: Scene, told: Told) -> str:
    """Return the part that a thread hangs on."""
    if told.role == ORGANISATION_PART:
        return ORGANISATION_PART
    held = [each for each in scene.own.qualification if each.role == told.role]
    return next(each.key for each in held if not told.mpid or told.mpid in each.mpids)


def _thread(scene: Scene, told: Told) -> Thread:
    return Thread.objects.select_related("part", "organisation").get(pk=scene.threads[told.id])


def _respond(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    threads.respond(thread=thread, text=act.data["text"], actor=actor, at=act.at)


def _ask_again(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    threads.ask_again(thread=thread, text=act.data["text"], actor=actor, at=act.at)


def _propose(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    plans.propose(
        thread=thread,
        text=told.plan.text,
        owner_name=told.plan.owner,
        due_on=told.plan.due_on,
        actor=actor,
        at=act.at,
    )


def _agree(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    plans.agree(thread=thread, actor=actor, at=act.at)


def _mark_done(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    plans.mark_done(thread=thread, note=told.plan.done_note, actor=actor, at=act.at)


def _settle(thread: Thread, told: Told, actor: Actor, act: Act) -> None:
    settle = threads.close if told.kind == ThreadKind.COMMENT else threads.clear
    settle(thread=thread, text=act.data["text"], actor=actor, at=act.at)


_DEEDS: dict[str, Callable[[Thread, Told, Actor, Act], None]] = {
    "respond": _respond,
    "ask_again": _ask_again,
    "propose": _propose,
    "agree": _agree,
    "mark_done": _mark_done,
    "settle": _settle,
}
