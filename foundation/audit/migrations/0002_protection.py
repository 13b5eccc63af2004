"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "audit_auditevent" ADD CONSTRAINT "audit_auditevent_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "audit_auditevent" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "audit_auditevent" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "audit_auditevent" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "audit_auditevent" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT ON "audit_auditevent" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "audit_auditevent" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT INSERT ON "audit_auditevent" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "audit_auditevent" TO portal_gate USING (organisation_id IS NULL) WITH CHECK (organisation_id IS NULL)',  # noqa: E501
    'GRANT INSERT ON "audit_auditevent" TO portal_app',  # noqa: E501
    'CREATE POLICY "portal_app" ON "audit_auditevent" TO portal_app USING (organisation_id IS NULL) WITH CHECK (organisation_id IS NULL)',  # noqa: E501
    'GRANT SELECT, INSERT ON "audit_auditevent" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "audit_auditevent" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "audit_audithead" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "audit_audithead" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "audit_audithead" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "audit_audithead" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT ON "audit_audithead" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "audit_audithead" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("tenancy", "0001_roles")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
