"""The catalogue linter: what the database really protects, held against what models declare."""

import re

from django.db import connection, models

from foundation.tenancy import database_roles as roles
from foundation.tenancy.protection import Protection, Rule, Shared, declared, tenant_parents

# Tables of libraries: reviewed by hand; they hold accounts and set-up, nothing of an organisation.
LIBRARY_TABLES = {
    "account_emailaddress": roles.ALL_ROLES,
    "account_emailconfirmation": (roles.LOGIN,),
    "clock_portaltime": roles.ALL_ROLES,
    "auth_group": (roles.LOGIN,),
    "auth_group_permissions": (roles.LOGIN,),
    "auth_permission": roles.ALL_ROLES,
    "django_content_type": roles.ALL_ROLES,
    "django_migrations": (),
    "django_session": (roles.LOGIN,),
    "guardian_groupobjectpermission": (),
    "guardian_userobjectpermission": (),
    "mfa_authenticator": (roles.LOGIN,),
}


_CONTEXT = re.compile(r"ctx_\w+")
OWN_REACH = {"portal_owner_links"}  # policies of the owner: the audit trigger links events


def faults() -> list[str]:
    """Return every difference between declaration and catalogue, in words; empty when sound."""
    with connection.cursor() as cursor:
        return faults_seen_by(cursor)


def faults_seen_by(cursor) -> list[str]:
    """Return the same through any connection, such as one that is about to change the schema."""
    tables = _tables(cursor)
    found = [*_role_faults(cursor), *_function_faults(cursor), *_view_faults(cursor)]
    known = set(LIBRARY_TABLES)
    for model, protection in declared():
        known.add(model._meta.db_table)
        found += _table_faults(model, protection, tables, cursor)
    for table, readers in LIBRARY_TABLES.items():
        strangers = set(_grants(table, cursor)) - set(readers)
        found += [f"{table}: {role} has rights to it" for role in sorted(strangers)]
    unknown = sorted(set(tables) - known)
    return found + [f"{table}: on no list of protected or reviewed tables" for table in unknown]


def _role_faults(cursor) -> list[str]:
    cursor.execute(
        "select rolname from pg_roles where (rolsuper or rolbypassrls)"
        " and rolname = any(%s || array[current_user::text])",
        [list(roles.ALL_ROLES)],
    )
    return [f"{name}: a role that ignores row-level security" for (name,) in cursor.fetchall()]


def _function_faults(cursor) -> list[str]:
    cursor.execute(
        "select p.proname, o.rolsuper, p.proconfig::text like '%search_path=%' from pg_proc p"
        " join pg_namespace n on n.oid = p.pronamespace join pg_roles o on o.oid = p.proowner"
        " where p.prosecdef and n.nspname in ('app', 'public')"
    )
    found = []
    for name, owned_by_superuser, has_path in cursor.fetchall():
        if owned_by_superuser:
            found.append(f"{name}: runs with a superuser's rights")
        if not has_path:
            found.append(f"{name}: runs with its owner's rights on anybody's search path")
    return found


def _view_faults(cursor) -> list[str]:
    cursor.execute(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where"
        " n.nspname = 'public' and (relkind = 'm' or relkind = 'v' and not"
        " coalesce(reloptions, '{}') @> array['security_invoker=true'])"
    )
    return [f"{name}: a view that looks with its owner's eyes" for (name,) in cursor.fetchall()]


def _tables(cursor) -> dict[str, tuple[bool, bool]]:
    cursor.execute(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and relkind in ('r', 'p')"
    )
    return {name: (on, forced) for name, on, forced in cursor.fetchall()}


def _table_faults(
    model: type[models.Model], protection: Protection | Shared, tables, cursor
) -> list[str]:
    table = model._meta.db_table
    if table not in tables:
        return [f"{table}: missing"]
    if isinstance(protection, Shared):
        if any(f.column == "organisation_id" for f in model._meta.concrete_fields):
            return [f"{table}: carries an organisation but is declared shared"]
        return _grant_faults(table, dict(protection.grants), cursor)
    found = []
    if tables[table] != (True, True):
        found.append(f"{table}: row-level security is not on and forced")
    rules = protection.by_role()
    found += _policy_faults(table, rules, cursor)
    found += _grant_faults(table, {role: rule.verbs for role, rule in rules.items()}, cursor)
    return found + _key_faults(model, cursor)


def _policy_faults(table: str, rules: dict[str, Rule], cursor) -> list[str]:
    cursor.execute(
        "select policyname, roles::text[], qual, with_check from pg_policies where tablename = %s",
        [table],
    )
    policies = {name: rest for name, *rest in cursor.fetchall() if name not in OWN_REACH}
    if set(policies) != set(rules):
        return [f"{table}: policies are {sorted(policies)}"]
    found = []
    for name, (on, rows, check) in policies.items():
        rule = rules[name]
        if on != [name] or check is None:
            found.append(f"{table}: policy {name} is for {on} or checks nothing on writing")
        elif not (_alike(rule.rows, rows) and _alike(rule.check or rule.rows, check)):
            found.append(f"{table}: policy {name} lets through other rows than declared")
    return found


def _alike(declared_rows: str, installed: str) -> bool:
    """Compare by what a policy asks of its context: PostgreSQL writes expressions its own way."""
    if (declared_rows == "true") != (installed == "true"):
        return False
    return set(_CONTEXT.findall(declared_rows)) == set(_CONTEXT.findall(installed))


def _grants(table: str, cursor) -> dict[str, set[str]]:
    # The access list itself: the information schema shows only what the asking role may use.
    cursor.execute(
        "select coalesce(r.rolname, 'everybody'), a.privilege_type from pg_class c"
        " cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee"
        " where c.oid = to_regclass(%s) and a.grantee <> c.relowner",
        [f'"{table}"'],
    )
    granted: dict[str, set[str]] = {}
    for role, verb in cursor.fetchall():
        granted.setdefault(role, set()).add(verb)
    return granted


def _grant_faults(table: str, wanted: dict[str, str], cursor) -> list[str]:
    expected = {role: set(verbs.split(", ")) for role, verbs in wanted.items()}
    granted = _grants(table, cursor)
    different = {role for role in expected | granted if expected.get(role) != granted.get(role)}
    return [f"{table}: the grants of {role} differ from what is declared" for role in different]


def _key_faults(model: type[models.Model], cursor) -> list[str]:
    table = model._meta.db_table
    cursor.execute(
        "select conname, contype, (select array_agg(a.attname::text order by k.place)"
        " from unnest(conkey) with ordinality k(number, place) join pg_attribute a"
        " on a.attrelid = conrelid and a.attnum = k.number)"
        " from pg_constraint where conrelid = to_regclass(%s)",
        [f'"{table}"'],
    )
    keys = {name: (kind, columns) for name, kind, columns in cursor.fetchall()}
    found = []
    is_owned = any(field.column == "organisation_id" for field in model._meta.concrete_fields)
    if is_owned and keys.get(f"{table}_of_org", ("", []))[1] != ["organisation_id", "id"]:
        found.append(f"{table}: no unique key led by organisation_id")
    for column in tenant_parents(model):
        if keys.get(f"{table}_{column}_of_org", ("", []))[1] != ["organisation_id", column]:
            found.append(f"{table}: {column} has no key over (organisation_id, {column})")
        if any(kind == "f" and columns == [column] for kind, columns in keys.values()):
            found.append(f"{table}: {column} has a key that tells foreign rows from absent ones")
    return found
