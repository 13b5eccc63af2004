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
    versions = PreQualificationVersion.objects.filter(organisation_id=organisation.pk)
    held = Qualification.objects.filter(organisation_id=organisation.pk).exclude(status__in=OVER)
    roads = dict(held.order_by("role").values_list("role", "route"))
    return Written(
        organisation=organisation,
        submission=found,
        versions=tuple(versions.order_by("-number")),
        roles=tuple(role for role, route in roads.items() if route in WAVES),
        makes_one=not roads or bool(set(roads.values()) & set(WAVES)),
    )


def decision_on(submission: PreQualification, number: int) -> dict | None:
    """Return what was decided last on a version, if anything was."""
    found = [each for each in submission.earlier if each["version"] == number]
    return found[-1] if found else None


def shown_content(written: Written, actor: Actor) -> Content | None:
    """Return the text that a reader sees: its own words, or for the bodies what was handed in.

    A draft that was never handed in is read by those alone who may write it.
    """
    if written.submission is None:
        return None
    if actor.is_participant or not written.versions:
        may = actor.is_participant or policy.may(
            actor, "pre_qualification.write", written.organisation
        )
        return content_of(written.submission) if may else None
    return written.versions[0].content


def reads_legacy(actor: Actor) -> bool:
    """Return whether a reader may see what serves the legacy arrangements alone (R30)."""
    return actor.is_participant or actor.body in CODE_BODIES
