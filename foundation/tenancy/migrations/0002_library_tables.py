"""Grants on the tables of libraries, which hold accounts and set-up but nothing of an organisation."""

from django.db import migrations

READ_BY_ALL = ("account_emailaddress", "auth_permission", "django_content_type", "clock_portaltime")
LOGIN_ONLY = (
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "django_session",
    "mfa_authenticator",
)
EVERY_ROLE = "portal_app, portal_participant, portal_reviewer, portal_system, portal_gate"
STATEMENTS = [
    *(f"GRANT SELECT ON {table} TO {EVERY_ROLE}" for table in READ_BY_ALL),
    *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO portal_app" for table in LOGIN_ONLY),
    "GRANT INSERT, UPDATE, DELETE ON account_emailaddress TO portal_system",
    "GRANT INSERT, UPDATE, DELETE ON clock_portaltime TO portal_reviewer, portal_system",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO portal_app, portal_participant,"
    " portal_reviewer, portal_system",
]


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_roles"),
        ("clock", "0001_initial"),
        ("account", "__latest__"),
        ("mfa", "__latest__"),
        ("auth", "__latest__"),
        ("sessions", "__latest__"),
        ("contenttypes", "__latest__"),
        ("guardian", "__latest__"),
        ("participants", "0001_initial"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
