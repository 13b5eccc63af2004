"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_keptview" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_keptview" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_keptview" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_keptview" TO portal_reviewer USING (person_id = (SELECT app.ctx_person()) OR is_shared) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_keptview" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_keptview" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0015_views"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
