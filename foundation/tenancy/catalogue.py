"""The catalogue linter: what the database really protects, held against what models declare."""

from django.db import connection

from foundation.tenancy import database_roles as roles
from foundation.tenancy.protection import Protection, Shared, declared, tenant_parents

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


def faults() -> list[str]:
    """Return every difference between declaration and catalogue, in words; empty when sound."""
    with connection.cursor() as cursor:
        found = _login_faults(cursor)
        tables = _tables(cursor)
        known = set(LIBRARY_TABLES)
        for model, protection in declared():
            known.add(model._meta.db_table)
            found += _table_faults(model, protection, tables, cursor)
        found += [
            f"{table}: on no list of protected or reviewed tables"
            for table in tables
            if table not in known
        ]
        found += _view_faults(cursor)
    return found


def _login_faults(cursor) -> list[str]:
    cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
    is_super, bypasses = cursor.fetchone()
    return ["the login ignores row-level security"] if is_super or bypasses else []


def _tables(cursor) -> dict[str, tuple[bool, bool]]:
    cursor.execute(
        "select relname, relrowsecurity, relforcerowsecurity from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and relkind in ('r', 'p')"
    )
    return {name: (on, forced) for name, on, forced in cursor.fetchall()}


def _table_faults(model, protection, tables, cursor) -> list[str]:
    table = model._meta.db_table
    if table not in tables:
        return [f"{table}: missing"]
    if isinstance(protection, Shared):
        if any(f.name == "organisation" for f in model._meta.concrete_fields):
            return [f"{table}: carries an organisation but is declared shared"]
        return []
    found = []
    if tables[table] != (True, True):
        found.append(f"{table}: row-level security is not on and forced")
    cursor.execute(
        "select policyname, roles::text[], qual, with_check from pg_policies where tablename = %s",
        [table],
    )
    policies = {name: (on, qual, check) for name, on, qual, check in cursor.fetchall()}
    policies.pop("portal_owner_links", None)  # the audit trigger's own reach
    if set(policies) != set(protection.by_role()):
        found.append(f"{table}: policies are {sorted(policies)}")
    found += [
        f"{table}: policy {name} is for {on} or checks nothing on writing"
        for name, (on, _, check) in policies.items()
        if on != [name] or check is None
    ]
    return found + _grant_faults(table, protection, cursor) + _key_faults(model, cursor)


def _grant_faults(table: str, protection: Protection, cursor) -> list[str]:
    cursor.execute(
        "select grantee, privilege_type from information_schema.role_table_grants"
        " where table_name = %s and grantee like 'portal%%' and grantee <> %s",
        [table, _owner(cursor, table)],
    )
    granted: dict[str, set[str]] = {}
    for role, verb in cursor.fetchall():
        granted.setdefault(role, set()).add(verb)
    wanted = {role: set(rule.verbs.split(", ")) for role, rule in protection.by_role().items()}
    return [] if granted == wanted or not granted else [f"{table}: grants differ from declaration"]


def _owner(cursor, table: str) -> str:
    cursor.execute("select tableowner from pg_tables where tablename = %s", [table])
    return cursor.fetchone()[0]


def _key_faults(model, cursor) -> list[str]:
    table = model._meta.db_table
    cursor.execute(
        "select conname, array_length(conkey, 1) from pg_constraint"
        " where contype = 'f' and conrelid = %s::regclass",
        [f'"{table}"'],
    )
    keys = dict(cursor.fetchall())
    return [
        f"{table}: {column} has no key over (organisation_id, {column})"
        for column in tenant_parents(model)
        if keys.get(f"{table}_{column}_of_org") != 2
    ]


def _view_faults(cursor) -> list[str]:
    cursor.execute(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where"
        " n.nspname = 'public' and (relkind = 'm' or relkind = 'v' and not"
        " coalesce(reloptions, '{}') @> array['security_invoker=true'])"
    )
    return [f"{name}: a view that looks with its owner's eyes" for (name,) in cursor.fetchall()]
