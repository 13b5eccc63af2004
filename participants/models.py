"""Who: people, organisations, their MPIDs and their qualifications."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from guardian.models import UserObjectPermissionBase

from foundation.ids import new_id
from foundation.tenancy.managers import TenantManager
from foundation.tenancy.protection import (
    ADD,
    ALL,
    CHANGE,
    MINE,
    OWN,
    READ,
    Protection,
    Rule,
    TenantKey,
)
from participants.enums import (
    Body,
    Duty,
    Entrant,
    OrganisationKind,
    Retrieval,
    Role,
    Route,
    Status,
)

_COLLEAGUES = (
    "body <> '' OR id = (SELECT app.ctx_person())"
    " OR id IN (SELECT m.person_id FROM participants_membership m)"
)


class People(BaseUserManager):
    """Accounts, found by e-mail without regard to case."""

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """An account: somebody of one or more organisations, or staff of one body with its duties."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    duties = ArrayField(
        models.CharField(max_length=20, choices=Duty.choices), default=list, blank=True
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    theme = models.CharField(max_length=10, blank=True)
    record_face = models.CharField(max_length=10, blank=True)
    single_keys = models.BooleanField(default=True, help_text="Shortcuts of a single letter.")
    mail_choices = models.JSONField(
        default=dict, blank=True, help_text="By topic, how notices are mailed; at once if absent."
    )
    session_salt = models.CharField(
        max_length=32, blank=True, help_text="A new one ends every session of the account."
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = People()
    protection = Protection(
        participant=Rule(READ, _COLLEAGUES),
        reviewer=Rule(CHANGE),
        gate=Rule("SELECT, UPDATE", "id = (SELECT app.ctx_person())"),
        login=Rule("SELECT, UPDATE"),
        system=Rule(ALL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
            models.CheckConstraint(
                condition=~models.Q(body="") | models.Q(duties=[]), name="duties_need_a_body"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_of_a_body(self) -> bool:
        return bool(self.body)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own, with the salt beside the password: sessions end with either of them.
        return salted_hmac(
            "participants.Person.session",
            f"{self.password}:{self.session_salt}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Organisation(models.Model):
    """A Programme Participant: a legal entity, the tenant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200)
    company_number = models.CharField(max_length=12, blank=True)
    kind = models.CharField(
        max_length=12, choices=OrganisationKind.choices, default=OrganisationKind.PARTICIPANT
    )
    entrant = models.CharField(max_length=20, choices=Entrant.choices, default=Entrant.EXISTING)
    is_bsc_party = models.BooleanField(default=True)
    uses_dcp = models.BooleanField(default=False, help_text="Uses a DIP Connection Provider.")
    created_at = models.DateTimeField()
    created_by_body = models.CharField(max_length=10, choices=Body.choices)

    protection = Protection(
        participant=Rule("SELECT, UPDATE", "id = (SELECT app.ctx_org())"),
        reviewer=Rule(CHANGE),
        gate=Rule(
            READ,
            "id IN (SELECT m.organisation_id FROM participants_membership m WHERE m.is_active)",
        ),
        system=Rule(CHANGE),
    )

    class Meta:
        indexes = [models.Index(Lower("name"), name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self):
        """The tenant of an organisation is itself."""
        return self.id


class OfOrganisation(models.Model):
    """Whatever belongs to one organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = TenantManager()

    class Meta:
        abstract = True


class Membership(OfOrganisation):
    """A person's place in an organisation, and what it lets them do there."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    is_active = models.BooleanField(default=True)
    is_master_admin = models.BooleanField(default=False)
    is_author = models.BooleanField(default=True)
    is_director = models.BooleanField(default=False)
    is_delegate = models.BooleanField(default=False)
    is_limited = models.BooleanField(
        default=False, help_text="Writes only the areas that were granted one by one."
    )
    joined_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(
        participant=Rule(CHANGE, OWN),
        reviewer=Rule(CHANGE),
        gate=Rule(READ, "person_id = (SELECT app.ctx_person())"),
        system=Rule(CHANGE),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"

    @property
    def duties(self) -> frozenset[str]:
        """What this membership is for, as the actor carries it."""
        flags = {
            "MASTER_ADMIN": self.is_master_admin,
            "AUTHOR": self.is_author,
            "DIRECTOR": self.is_director,
            "DELEGATE": self.is_delegate,
            "LIMITED": self.is_limited,
        }
        return frozenset(name for name, on in flags.items() if on)


class Invitation(OfOrganisation):
    """A place offered to an e-mail address; it binds whether or not an account exists yet."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    is_master_admin = models.BooleanField(default=False)
    is_author = models.BooleanField(default=True)
    is_director = models.BooleanField(default=False)
    is_delegate = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    areas = models.JSONField(default=list, blank=True, help_text="Area ids, when limited.")
    invited_by_name = models.CharField(max_length=200)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    protection = Protection(
        participant=Rule(CHANGE, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_each",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email}"


class Mpid(OfOrganisation):
    """A four-letter market participant identifier."""

    code = models.CharField(max_length=4)
    note = models.CharField(max_length=200, blank=True)

    protection = Protection(participant=Rule(READ, OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_owner_an_mpid"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z0-9]{4}$"), name="mpid_is_four_characters"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Qualification(OfOrganisation):
    """One bid to become MHHS Qualified: a market role, for a group of MPIDs, along a route.

    ``status`` is domain D.1; only ``participants.moves.perform`` assigns it. ``trio`` is shared
    by the LDSO, SMRA/ERDA and UMSO qualifications that go together (R14, QA&P 11.3, 11.4.1).
    """

    role = models.CharField(max_length=12, choices=Role.choices)
    route = models.CharField(max_length=20, choices=Route.choices)
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.INITIAL_DRAFT)
    status_since = models.DateTimeField()
    trio = models.UUIDField(null=True, blank=True)
    mpids_split = models.BooleanField(
        default=False, help_text="Some MPIDs of the role test at another time (R22, R119)."
    )
    retrieval = models.CharField(max_length=10, choices=Retrieval.choices, blank=True)
    is_new_entrant = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    initial_submitted_at = models.DateTimeField(null=True, blank=True)
    initial_reviewed_at = models.DateTimeField(null=True, blank=True)
    report_received_at = models.DateTimeField(
        null=True, blank=True, help_text="QT or SIT completion report: arms re-versioning (R83)."
    )
    final_opened_at = models.DateTimeField(null=True, blank=True)
    final_submitted_at = models.DateTimeField(null=True, blank=True)
    content_agreed_at = models.DateTimeField(null=True, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    qualified_at = models.DateTimeField(null=True, blank=True)
    happened = models.JSONField(
        default=dict,
        blank=True,
        help_text="Events that people recorded, by name, as instants; their rows are milestones.",
    )
    mpids = models.ManyToManyField(Mpid, through="QualificationMpid", related_name="qualifications")

    protection = Protection(
        participant=Rule("SELECT, UPDATE", OWN), reviewer=Rule(CHANGE), system=Rule(CHANGE)
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trio=None) ^ models.Q(role__in=("LDSO", "SMRA_ERDA", "UMSO")),
                name="only_the_trio_goes_together",
            ),
            models.CheckConstraint(
                condition=models.Q(retrieval="") | models.Q(role="SDS"),
                name="retrieval_belongs_to_sds",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.get_route_display()}"

    @property
    def stage(self) -> str:
        """INITIAL or FINAL."""
        return "FINAL" if self.final_opened_at else "INITIAL"


class QualificationMpid(OfOrganisation):
    """An MPID in a qualification; in one role an MPID stands in one qualification only (R32)."""

    qualification = TenantKey(Qualification, related_name="mpid_places")
    mpid = TenantKey(Mpid, related_name="places")
    role = models.CharField(max_length=12, choices=Role.choices)

    protection = Protection(participant=Rule(READ, OWN), reviewer=Rule(ALL), system=Rule(ALL))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mpid", "role"], name="one_place_an_mpid_and_role")
        ]

    def __str__(self) -> str:
        return f"{self.mpid} in {self.qualification}"


class Area(OfOrganisation):
    """A section of the organisation's QAD to which a person's writing may be limited.

    ``qualification`` is empty for the organisation's own sections.
    """

    qualification = TenantKey(Qualification, null=True, blank=True, related_name="areas")
    section = models.CharField(max_length=4)

    protection = Protection(participant=Rule(ADD, OWN), reviewer=Rule(READ), system=Rule(ALL))

    class Meta:
        permissions = [("answer_area", "May write the answers of this section")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "qualification", "section"],
                name="one_area_a_section",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"section {self.section}"


class AreaGrant(UserObjectPermissionBase):
    """django-guardian's object permission on an area, with a direct key to it."""

    content_object = models.ForeignKey(Area, models.CASCADE)

    protection = Protection(
        participant=Rule(ALL, "content_object_id IN (SELECT a.id FROM participants_area a)"),
        reviewer=Rule(READ),
        system=Rule(ALL),
    )

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.user} in {self.content_object}"


class ApiToken(models.Model):
    """A personal token for the API: shown once, kept as a hash, revocable at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty only for tokens from before they had an end."
    )
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    # The login looks a token up before it knows anybody; a person reaches only its own.
    protection = Protection(
        reviewer=Rule(CHANGE, MINE),
        gate=Rule(CHANGE, MINE),
        login=Rule("SELECT, UPDATE"),
        system=Rule(ALL),
    )

    def __str__(self) -> str:
        return self.name
