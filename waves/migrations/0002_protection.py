"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "waves_obligation" ADD CONSTRAINT "waves_obligation_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_reminder" ADD CONSTRAINT "waves_reminder_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_prequalification" ADD CONSTRAINT "waves_prequalification_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_completionreport" ADD CONSTRAINT "waves_completionreport_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'GRANT SELECT ON "waves_timetable" TO portal_app',  # noqa: E501
    'GRANT SELECT ON "waves_timetable" TO portal_participant',  # noqa: E501
    'GRANT SELECT ON "waves_timetable" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_timetable" TO portal_system',  # noqa: E501
    'GRANT SELECT ON "waves_timetable" TO portal_gate',  # noqa: E501
    'ALTER TABLE "waves_obligation" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_obligation" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_obligation" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_obligation" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_obligation" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_obligation" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_obligation" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_obligation" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_obligation" ADD CONSTRAINT "waves_obligation_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_reminder" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_reminder" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reminder" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_reminder" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reminder" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_reminder" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_reminder" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_reminder" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_reminder" ADD CONSTRAINT "waves_reminder_obligation_id_of_org" FOREIGN KEY (organisation_id, obligation_id) REFERENCES "waves_obligation" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'GRANT SELECT ON "waves_sweepheartbeat" TO portal_app',  # noqa: E501
    'GRANT SELECT ON "waves_sweepheartbeat" TO portal_participant',  # noqa: E501
    'GRANT SELECT ON "waves_sweepheartbeat" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_sweepheartbeat" TO portal_system',  # noqa: E501
    'GRANT SELECT ON "waves_sweepheartbeat" TO portal_gate',  # noqa: E501
    'ALTER TABLE "waves_prequalification" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_prequalification" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "waves_prequalification" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_prequalification" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_prequalification" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_prequalification" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_prequalification" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_prequalification" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_completionreport" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_completionreport" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_completionreport" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_completionreport" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_completionreport" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_completionreport" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_completionreport" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_completionreport" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_completionreport" ADD CONSTRAINT "waves_completionreport_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_completionreport" ADD CONSTRAINT "waves_completionreport_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("waves", "0001_initial"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
