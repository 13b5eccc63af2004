"""Publishing a version of the QAD's sections and questions."""

import hashlib
from datetime import datetime

from django.db import transaction

from foundation.audit.trail import record
from foundation.errors import Invalid, Refused
from foundation.tenancy.actor import Actor
from participants import policy
from submissions.models import Template
from submissions.template_file import TemplateFileError, parse


@transaction.atomic
def import_template(*, text: str, actor: Actor, at: datetime) -> Template:
    """Publish a template file; the same file again changes nothing.

    Invalid with every mistake in the file; Refused where its version number is taken.
    """
    policy.require(actor, "reference.import")
    digest = hashlib.sha256(text.encode()).hexdigest()
    same = Template.objects.filter(sha256=digest).first()
    if same:
        return same
    try:
        parsed = parse(text)
    except TemplateFileError as error:
        raise Invalid({"file": error.problems}) from error
    if Template.objects.filter(version=parsed.version).exists():
        raise Refused(
            f"Version {parsed.version} is published already; a change needs a new number."
        )
    template = Template.objects.create(
        version=parsed.version,
        title=parsed.title,
        source=parsed.source,
        toml=text,
        sha256=digest,
        published_at=at,
        published_by_name=actor.name,
    )
    record("template.published", subject=template, actor=actor, at=at, sha256=digest)
    return template
