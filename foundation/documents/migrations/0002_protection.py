"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "documents_storedfile" ADD CONSTRAINT "documents_storedfile_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "documents_storedfile" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "documents_storedfile" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "documents_storedfile" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "documents_storedfile" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "documents_storedfile" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "documents_storedfile" TO portal_reviewer USING (released_at IS NOT NULL) WITH CHECK (released_at IS NOT NULL)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "documents_storedfile" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "documents_storedfile" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("tenancy", "0001_roles")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
