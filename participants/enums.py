"""The words that columns of this floor may hold."""

from django.db.models import TextChoices


class Body(TextChoices):
    """Who reviews; the Programme (MHHSP) has staff here but approves nothing (R11)."""

    BSC = "BSC", "BSC"
    REC = "REC", "REC"
    DIP = "DIP", "DIP Manager"
    MHHSP = "MHHSP", "MHHS Programme"


REVIEWING_BODIES = (Body.BSC, Body.REC, Body.DIP)


class Duty(TextChoices):
    """What a staff account is named for."""

    REVIEWER = "REVIEWER", "Reviewer"
    LEAD = "LEAD", "Lead reviewer"
    DECISION_MAKER = "DECISION_MAKER", "Decision maker"
    PAB_SECRETARY = "PAB_SECRETARY", "PAB secretary"
    TEST_MANAGER = "TEST_MANAGER", "Test manager"
    PLANNER = "PLANNER", "Wave planner"
    MCC_READER = "MCC_READER", "Migration Control Centre reader"
    ADMINISTRATOR = "ADMINISTRATOR", "Portal administrator"


class Standing(TextChoices):
    """What a membership is for, beside writing answers."""

    MASTER_ADMIN = "MASTER_ADMIN", "Master admin"
    AUTHOR = "AUTHOR", "Author"
    DIRECTOR = "DIRECTOR", "Company director"
    DELEGATE = "DELEGATE", "Delegate"


class OrganisationKind(TextChoices):
    PARTICIPANT = "PARTICIPANT", "Programme Participant"
    THIRD_PARTY = "THIRD_PARTY", "Third party"  # never qualified (R9, QA&P 6.14)


class Entrant(TextChoices):
    """How the organisation comes into the market (R23, QA&P 9.1.2, 9.3.2)."""

    EXISTING = "EXISTING", "Existing participant"
    NEW_LEGACY_AND_MHHS = "NEW_LEGACY_AND_MHHS", "New entrant, legacy and MHHS"
    NEW_MHHS_ONLY = "NEW_MHHS_ONLY", "New entrant, MHHS only (on paper)"


class Role(TextChoices):
    """The market roles of QA&P 7.1, Table 2; fixtures/market_roles.toml says the rest of them."""

    SUPPLIER = "SUPPLIER", "Supplier"
    SDS = "SDS", "Smart Data Service"
    ADS = "ADS", "Advanced Data Service"
    UMSDS = "UMSDS", "Unmetered Supply Data Service"
    UMSO = "UMSO", "Unmetered Supplies Operator"
    LDSO = "LDSO", "Licensed Distribution System Operator"
    SMRA_ERDA = "SMRA_ERDA", "SMRA / ERDA"
    MEM_ADV = "MEM_ADV", "MEM Advanced"
    MEM_SMART = "MEM_SMART", "MEM Smart"


class Route(TextChoices):
    """The eight columns of Appendix C; their attributes stand in fixtures/routes.toml."""

    SIT_M10_READY = "SIT_M10_READY", "SIT, M10 ready"
    SIT_M11_READY = "SIT_M11_READY", "SIT, M11 ready"
    SIT_NOT_M11_READY = "SIT_NOT_M11_READY", "SIT, not M11 ready"
    NON_SIT_LDSO_M10 = "NON_SIT_LDSO_M10", "Non-SIT LDSO"
    QT_WAVE_1 = "QT_WAVE_1", "QT Wave 1"
    QT_WAVE_2 = "QT_WAVE_2", "QT Wave 2"
    QT_WAVE_3 = "QT_WAVE_3", "QT Wave 3"
    QT_WAVE_4 = "QT_WAVE_4", "QT Wave 4"


class Retrieval(TextChoices):
    """How a Smart Data Service gets its data; never a role of its own (R16, QA&P 7.3.4)."""

    NONE = "", "Not said"
    MDR = "MDR", "Meter Data Retriever"
    SUPPLIER = "SUPPLIER", "Supplier's own retrieval"
    BOTH = "BOTH", "Both"


class Status(TextChoices):
    """Where a qualification's QAD stands (domain D.1)."""

    INITIAL_DRAFT = "INITIAL_DRAFT", "Initial, in draft"
    INITIAL_PART_SUBMITTED = "INITIAL_PART_SUBMITTED", "Initial, part submitted"
    INITIAL_SUBMITTED = "INITIAL_SUBMITTED", "Initial, submitted"
    INITIAL_REVIEW = "INITIAL_REVIEW", "Initial, under review"
    INITIAL_REVIEWED = "INITIAL_REVIEWED", "Initial, reviewed"
    FINAL_DRAFT = "FINAL_DRAFT", "Final, in draft"
    FINAL_SUBMITTED = "FINAL_SUBMITTED", "Final, submitted"
    FINAL_REVIEW = "FINAL_REVIEW", "Final, under review"
    FINAL_REOPENED = "FINAL_REOPENED", "Final, reopened"
    CONTENT_AGREED = "CONTENT_AGREED", "Content agreed"
    SIGNED_OFF = "SIGNED_OFF", "Signed off"
    QUALIFIED = "QUALIFIED", "MHHS Qualified"
    NOT_APPROVED = "NOT_APPROVED", "Not approved"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


# Nothing more happens to a qualification here; clocks stop (domain D.1).
ENDED = (Status.QUALIFIED, Status.NOT_APPROVED, Status.WITHDRAWN)
INITIAL_STATES = tuple(s.value for s in Status if s.value.startswith("INITIAL_"))
FINAL_STATES = tuple(
    s.value for s in Status if s.value not in INITIAL_STATES and s is not Status.WITHDRAWN
)
