"""Reading a Pre-Qualification Submission with every version of it."""

from dataclasses import dataclass

from foundation.tenancy.actor import Actor
from participants import policy
from participants.market_roles import CODE_BODIES
from participants.models import Organisation, Qualification
from waves.capacity import WAVES
from waves.models import PreQualification, PreQualificationVersion
from waves.pre_qualification import Content, content_of
from waves.queries.board import OVER


@dataclass(frozen=True, slots=True)
class Written:
    """A submission as it stands, its versions with the newest first, and who asks for a wave."""

    organisation: Organisation
    submission: PreQualification | None
    versions: tuple[PreQualificationVersion, ...]
    roles: tuple[str, ...]
    makes_one: bool


def written(organisation: Organisation) -> Written:
    """Return all that is known of an organisation's submission, in three statements."""
    found = PreQualification.objects.filter(organisation_id=organisation.pk).first()
    held = Qualification.objects.filter(organisation_id=organisation.pk).exclude(status__in=OVER)
    roads = dict(held.order_by("role").values_list("role", "route"))
    return Written(
        organisation=organisation,
        submission=found,
        versions=versions_of(organisation),
        roles=tuple(role for role, route in roads.items() if route in WAVES),
        makes_one=not roads or bool(set(roads.values()) & set(WAVES)),
    )


def versions_of(organisation: Organisation) -> tuple[PreQualificationVersion, ...]:
    """Return every version that was handed in, the newest first; none is lost (R31)."""
    rows = PreQualificationVersion.objects.filter(organisation_id=organisation.pk)
    return tuple(rows.order_by("-number"))


def decision_on(submission: PreQualification, number: int) -> dict | None:
    """Return what was decided last on a version, if anything was."""
    found = [each for each in submission.earlier if each["version"] == number]
    return found[-1] if found else None


def shown_content(written: Written, actor: Actor) -> Content | None:
    """Return the text that a reader sees; None where there is none for that reader."""
    if written.submission is None:
        return None
    newest = written.versions[0] if written.versions else None
    return _words(written.submission, newest, written.organisation, actor)


def words_for(
    submission: PreQualification, organisation: Organisation, actor: Actor
) -> Content | None:
    """Return the same for one submission, reading no more of it than that reader needs."""
    newest = None
    if not actor.is_participant:
        rows = PreQualificationVersion.objects.filter(submission=submission)
        newest = rows.order_by("-number").first()
    return _words(submission, newest, organisation, actor)


def _words(
    submission: PreQualification,
    newest: PreQualificationVersion | None,
    organisation: Organisation,
    actor: Actor,
) -> Content | None:
    """An organisation reads its own words; the bodies what was handed in.

    A draft that was never handed in is read by those alone who may write it.
    """
    if newest is not None and not actor.is_participant:
        return newest.content
    may = actor.is_participant or policy.may(actor, "pre_qualification.write", organisation)
    return content_of(submission) if may else None


def reads_legacy(actor: Actor) -> bool:
    """Return whether a reader may see what serves the legacy arrangements alone (R30)."""
    return actor.is_participant or actor.body in CODE_BODIES
