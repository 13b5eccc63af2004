"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "submissions_part" ADD CONSTRAINT "submissions_part_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_sectionprogress" ADD CONSTRAINT "submissions_sectionprogress_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_answer" ADD CONSTRAINT "submissions_answer_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_answerrevision" ADD CONSTRAINT "submissions_answerrevision_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_evidence" ADD CONSTRAINT "submissions_evidence_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_evidenceversion" ADD CONSTRAINT "submissions_evidenceversion_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_evidenceuse" ADD CONSTRAINT "submissions_evidenceuse_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_frozensection" ADD CONSTRAINT "submissions_frozensection_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "submissions_version" ADD CONSTRAINT "submissions_version_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'GRANT SELECT ON "submissions_template" TO portal_app',  # noqa: E501
    'GRANT SELECT ON "submissions_template" TO portal_participant',  # noqa: E501
    'GRANT SELECT ON "submissions_template" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "submissions_template" TO portal_system',  # noqa: E501
    'GRANT SELECT ON "submissions_template" TO portal_gate',  # noqa: E501
    'ALTER TABLE "submissions_part" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_part" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_part" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_part" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, UPDATE ON "submissions_part" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "submissions_part" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_part" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_part" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_part" ADD CONSTRAINT "submissions_part_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_sectionprogress" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_sectionprogress" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_sectionprogress" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_sectionprogress" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, UPDATE ON "submissions_sectionprogress" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "submissions_sectionprogress" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_sectionprogress" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_sectionprogress" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_sectionprogress" ADD CONSTRAINT "submissions_sectionprogress_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_answer" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_answer" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_answer" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_answer" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_answer" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_answer" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_answer" ADD CONSTRAINT "submissions_answer_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_answerrevision" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_answerrevision" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_answerrevision" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_answerrevision" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_answerrevision" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_answerrevision" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_answerrevision" ADD CONSTRAINT "submissions_answerrevision_answer_id_of_org" FOREIGN KEY (organisation_id, answer_id) REFERENCES "submissions_answer" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_evidence" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_evidence" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_evidence" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_evidence" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "submissions_evidence" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_evidence" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_evidence" ADD CONSTRAINT "submissions_evidence_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_evidenceversion" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_evidenceversion" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_evidenceversion" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_evidenceversion" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_evidenceversion" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_evidenceversion" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_evidenceversion" ADD CONSTRAINT "submissions_evidenceversion_evidence_id_of_org" FOREIGN KEY (organisation_id, evidence_id) REFERENCES "submissions_evidence" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_evidenceversion" ADD CONSTRAINT "submissions_evidenceversion_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_evidenceuse" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_evidenceuse" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "submissions_evidenceuse" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_evidenceuse" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "submissions_evidenceuse" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_evidenceuse" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_evidenceuse" ADD CONSTRAINT "submissions_evidenceuse_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_evidenceuse" ADD CONSTRAINT "submissions_evidenceuse_evidence_id_of_org" FOREIGN KEY (organisation_id, evidence_id) REFERENCES "submissions_evidence" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_frozensection" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_frozensection" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_frozensection" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_frozensection" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT ON "submissions_frozensection" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "submissions_frozensection" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_frozensection" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_frozensection" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_frozensection" ADD CONSTRAINT "submissions_frozensection_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "submissions_version" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "submissions_version" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_version" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "submissions_version" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT ON "submissions_version" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "submissions_version" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT ON "submissions_version" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "submissions_version" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "submissions_version" ADD CONSTRAINT "submissions_version_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0001_initial"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
