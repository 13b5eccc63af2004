"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "notices_notice" ADD CONSTRAINT "notices_notice_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "notices_notice" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "notices_notice" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "notices_notice" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "notices_notice" TO portal_participant USING (person_id = (SELECT app.ctx_person())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "notices_notice" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "notices_notice" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, UPDATE ON "notices_notice" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "notices_notice" TO portal_gate USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT ON "notices_notice" TO portal_app',  # noqa: E501
    'CREATE POLICY "portal_app" ON "notices_notice" TO portal_app USING (organisation_id IS NULL) WITH CHECK (organisation_id IS NULL)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "notices_notice" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "notices_notice" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("tenancy", "0001_roles")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
