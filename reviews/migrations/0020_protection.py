"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_wording" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_wording" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_wording" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_wording" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_wording" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_wording" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0019_wordings"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
