"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_bodyreview" ADD CONSTRAINT "reviews_bodyreview_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_thread" ADD CONSTRAINT "reviews_thread_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_message" ADD CONSTRAINT "reviews_message_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_actionplan" ADD CONSTRAINT "reviews_actionplan_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_approval" ADD CONSTRAINT "reviews_approval_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_reopenrequest" ADD CONSTRAINT "reviews_reopenrequest_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_delegationletter" ADD CONSTRAINT "reviews_delegationletter_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_signoff" ADD CONSTRAINT "reviews_signoff_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_dipuserconfirmation" ADD CONSTRAINT "reviews_dipuserconfirmation_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_accession" ADD CONSTRAINT "reviews_accession_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_managementassertion" ADD CONSTRAINT "reviews_managementassertion_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_decision" ADD CONSTRAINT "reviews_decision_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_bodyreview" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_bodyreview" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, UPDATE ON "reviews_bodyreview" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_bodyreview" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_bodyreview" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_bodyreview" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_bodyreview" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_bodyreview" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_bodyreview" ADD CONSTRAINT "reviews_bodyreview_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_thread" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_thread" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_thread" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_thread" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_thread" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_thread" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_thread" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_thread" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_thread" ADD CONSTRAINT "reviews_thread_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_thread" ADD CONSTRAINT "reviews_thread_version_id_of_org" FOREIGN KEY (organisation_id, version_id) REFERENCES "submissions_version" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_message" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_message" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "reviews_message" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_message" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT ON "reviews_message" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_message" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT ON "reviews_message" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_message" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_message" ADD CONSTRAINT "reviews_message_thread_id_of_org" FOREIGN KEY (organisation_id, thread_id) REFERENCES "reviews_thread" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_actionplan" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_actionplan" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_actionplan" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_actionplan" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_actionplan" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_actionplan" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_actionplan" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_actionplan" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_actionplan" ADD CONSTRAINT "reviews_actionplan_thread_id_of_org" FOREIGN KEY (organisation_id, thread_id) REFERENCES "reviews_thread" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_approval" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_approval" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, UPDATE ON "reviews_approval" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_approval" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_approval" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_approval" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_approval" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_approval" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_approval" ADD CONSTRAINT "reviews_approval_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_approval" ADD CONSTRAINT "reviews_approval_version_id_of_org" FOREIGN KEY (organisation_id, version_id) REFERENCES "submissions_version" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_reopenrequest" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_reopenrequest" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_reopenrequest" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_reopenrequest" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_reopenrequest" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_reopenrequest" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_reopenrequest" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_reopenrequest" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_reopenrequest" ADD CONSTRAINT "reviews_reopenrequest_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_delegationletter" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_delegationletter" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_delegationletter" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_delegationletter" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_delegationletter" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_delegationletter" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_delegationletter" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_delegationletter" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_delegationletter" ADD CONSTRAINT "reviews_delegationletter_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_delegationletter" ADD CONSTRAINT "reviews_delegationletter_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_signoff" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_signoff" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_signoff" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_signoff" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_signoff" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_signoff" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_signoff" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_signoff" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_signoff" ADD CONSTRAINT "reviews_signoff_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_signoff" ADD CONSTRAINT "reviews_signoff_letter_id_of_org" FOREIGN KEY (organisation_id, letter_id) REFERENCES "reviews_delegationletter" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_dipuserconfirmation" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_dipuserconfirmation" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "reviews_dipuserconfirmation" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_dipuserconfirmation" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_dipuserconfirmation" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_dipuserconfirmation" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_dipuserconfirmation" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_dipuserconfirmation" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_dipuserconfirmation" ADD CONSTRAINT "reviews_dipuserconfirmation_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_accession" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_accession" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "reviews_accession" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_accession" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_accession" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_accession" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_accession" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_accession" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_accession" ADD CONSTRAINT "reviews_accession_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_managementassertion" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_managementassertion" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_managementassertion" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_managementassertion" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_managementassertion" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_managementassertion" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_managementassertion" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_managementassertion" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_managementassertion" ADD CONSTRAINT "reviews_managementassertion_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_pack" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_pack" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_pack" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_pack" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_pack" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_pack" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_decision" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_decision" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "reviews_decision" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_decision" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_decision" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_decision" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_decision" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_decision" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_decision" ADD CONSTRAINT "reviews_decision_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_decision" ADD CONSTRAINT "reviews_decision_sign_off_id_of_org" FOREIGN KEY (organisation_id, sign_off_id) REFERENCES "reviews_signoff" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_initial"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
