"""How a table says who may reach which of its rows; migrations install it, the linter proves it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from foundation.tenancy import database_roles as roles

OWN = "organisation_id = (SELECT app.ctx_org())"
MINE = "person_id = (SELECT app.ctx_person())"
EVERY = "true"
READ = "SELECT"
ADD = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True, slots=True)
class Rule:
    """One role's reach into a table: which statements, on which rows.

    ``check`` narrows what may be written where that differs from what may be seen.
    """

    verbs: str
    rows: str = EVERY
    check: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """The rules of a tenant table, by database role; the system role may do everything."""

    participant: Rule | None = None
    reviewer: Rule | None = None
    gate: Rule | None = None
    login: Rule | None = None
    system: Rule = field(default=Rule(ALL))

    def by_role(self) -> dict[str, Rule]:
        rules = {
            roles.PARTICIPANT: self.participant,
            roles.REVIEWER: self.reviewer,
            roles.GATE: self.gate,
            roles.LOGIN: self.login,
            roles.SYSTEM: self.system,
        }
        return {role: rule for role, rule in rules.items() if rule}


@dataclass(frozen=True, slots=True)
class Shared:
    """The grants of a table that holds nothing of any one organisation; no row-level rules."""

    grants: Mapping[str, str]


REFERENCE = Shared(dict.fromkeys(roles.ALL_ROLES, READ) | {roles.SYSTEM: ALL})


class TenantKey(models.ForeignKey):
    """A foreign key between tenant tables; its constraint covers (organisation_id, id)."""

    def __init__(self, to, on_delete=models.PROTECT, **options) -> None:
        options.setdefault("db_constraint", False)  # a plain one would reveal foreign rows
        super().__init__(to, on_delete, **options)


def declared() -> Iterator[tuple[type[models.Model], Protection | Shared]]:
    """Yield every model that declares its protection."""
    for model in apps.get_models(include_auto_created=True):
        protection = getattr(model, "protection", None)
        if protection is not None:
            yield model, protection


def statements(model: type[models.Model]) -> list[str]:
    """Return the SQL that installs what ``model.protection`` declares."""
    table = model._meta.db_table
    protection = model.protection
    if isinstance(protection, Shared):
        return [
            f'GRANT {verbs} ON "{table}" TO {role}' for role, verbs in protection.grants.items()
        ]
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        *_policies(table, protection.by_role()),
        *_composite_keys(model),
    ]


def _policies(table: str, rules: Mapping[str, Rule]) -> Iterable[str]:
    for role, rule in rules.items():
        yield f'GRANT {rule.verbs} ON "{table}" TO {role}'
        yield (
            f'CREATE POLICY "{role}" ON "{table}" TO {role}'
            f" USING ({rule.rows}) WITH CHECK ({rule.check or rule.rows})"
        )


def tenant_parents(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """Return the columns of a model that point into other tenant tables."""
    return {
        key.column: key.related_model
        for key in model._meta.concrete_fields
        if isinstance(key, TenantKey)
    }


def _composite_keys(model: type[models.Model]) -> Iterable[str]:
    table = model._meta.db_table
    if any(f.column == "organisation_id" for f in model._meta.concrete_fields):
        yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_of_org" UNIQUE (organisation_id, id)'
    for column, parent in tenant_parents(model).items():
        target = parent._meta.db_table
        yield (
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_of_org"'
            f" FOREIGN KEY (organisation_id, {column}) REFERENCES"
            f' "{target}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED'
        )
