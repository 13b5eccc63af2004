"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "waves_prequalificationversion" ADD CONSTRAINT "waves_prequalificationversion_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_deliverable" ADD CONSTRAINT "waves_deliverable_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_testplan" ADD CONSTRAINT "waves_testplan_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_testcase" ADD CONSTRAINT "waves_testcase_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_testprogress" ADD CONSTRAINT "waves_testprogress_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_defect" ADD CONSTRAINT "waves_defect_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_workoff" ADD CONSTRAINT "waves_workoff_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_workoffagreement" ADD CONSTRAINT "waves_workoffagreement_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_entrycheck" ADD CONSTRAINT "waves_entrycheck_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_milestone" ADD CONSTRAINT "waves_milestone_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_place" ADD CONSTRAINT "waves_place_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_placenote" ADD CONSTRAINT "waves_placenote_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_dependant" ADD CONSTRAINT "waves_dependant_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_reliance" ADD CONSTRAINT "waves_reliance_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_relianceversion" ADD CONSTRAINT "waves_relianceversion_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_relianceopinion" ADD CONSTRAINT "waves_relianceopinion_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "waves_reliancelink" ADD CONSTRAINT "waves_reliancelink_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_timetable" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_timetabledraft" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_timetabledraft" TO portal_system',  # noqa: E501
    'ALTER TABLE "waves_calendarfeed" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_calendarfeed" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_calendarfeed" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_calendarfeed" TO portal_participant USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_calendarfeed" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_calendarfeed" TO portal_reviewer USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_calendarfeed" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "waves_calendarfeed" TO portal_gate USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, UPDATE ON "waves_calendarfeed" TO portal_app',  # noqa: E501
    'CREATE POLICY "portal_app" ON "waves_calendarfeed" TO portal_app USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_calendarfeed" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_calendarfeed" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_prequalification" TO portal_participant',  # noqa: E501
    'ALTER TABLE "waves_prequalificationversion" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_prequalificationversion" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_prequalificationversion" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_prequalificationversion" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_prequalificationversion" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_prequalificationversion" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_prequalificationversion" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_prequalificationversion" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_prequalificationversion" ADD CONSTRAINT "waves_prequalificationversion_submission_id_of_org" FOREIGN KEY (organisation_id, submission_id) REFERENCES "waves_prequalification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_deliverable" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_deliverable" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_deliverable" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_deliverable" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_deliverable" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_deliverable" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_deliverable" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_deliverable" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_deliverable" ADD CONSTRAINT "waves_deliverable_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_deliverable" ADD CONSTRAINT "waves_deliverable_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_testplan" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_testplan" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testplan" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_testplan" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testplan" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_testplan" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testplan" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_testplan" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_testplan" ADD CONSTRAINT "waves_testplan_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_testplan" ADD CONSTRAINT "waves_testplan_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_testcase" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_testcase" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testcase" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_testcase" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testcase" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_testcase" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testcase" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_testcase" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_testcase" ADD CONSTRAINT "waves_testcase_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_testprogress" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_testprogress" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testprogress" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_testprogress" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testprogress" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_testprogress" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_testprogress" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_testprogress" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_testprogress" ADD CONSTRAINT "waves_testprogress_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_defect" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_defect" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_defect" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_defect" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_defect" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_defect" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_defect" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_defect" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_defect" ADD CONSTRAINT "waves_defect_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_workoff" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_workoff" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_workoff" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_workoff" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_workoff" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_workoff" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_workoff" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_workoff" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_workoff" ADD CONSTRAINT "waves_workoff_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_workoffagreement" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_workoffagreement" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "waves_workoffagreement" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_workoffagreement" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_workoffagreement" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_workoffagreement" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_workoffagreement" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_workoffagreement" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_workoffagreement" ADD CONSTRAINT "waves_workoffagreement_work_off_id_of_org" FOREIGN KEY (organisation_id, work_off_id) REFERENCES "waves_workoff" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_entrycheck" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_entrycheck" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "waves_entrycheck" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_entrycheck" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_entrycheck" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_entrycheck" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_entrycheck" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_entrycheck" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_entrycheck" ADD CONSTRAINT "waves_entrycheck_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_milestone" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_milestone" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_milestone" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_milestone" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_milestone" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_milestone" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_milestone" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_milestone" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_milestone" ADD CONSTRAINT "waves_milestone_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_wavecapacity" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_wavecapacity" TO portal_system',  # noqa: E501
    'ALTER TABLE "waves_place" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_place" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_place" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_place" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_place" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_place" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_place" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_place" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_place" ADD CONSTRAINT "waves_place_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_placenote" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_placenote" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_placenote" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_placenote" TO portal_participant USING (organisation_id = (SELECT app.ctx_org()) AND is_shared) WITH CHECK (organisation_id = (SELECT app.ctx_org()) AND is_shared)',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_placenote" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_placenote" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_placenote" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_placenote" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_placenote" ADD CONSTRAINT "waves_placenote_place_id_of_org" FOREIGN KEY (organisation_id, place_id) REFERENCES "waves_place" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_scenario" TO portal_reviewer',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "waves_scenario" TO portal_system',  # noqa: E501
    'ALTER TABLE "waves_dependant" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_dependant" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_dependant" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_dependant" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_dependant" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_dependant" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_dependant" ADD CONSTRAINT "waves_dependant_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_reliance" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_reliance" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reliance" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_reliance" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reliance" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_reliance" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reliance" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_reliance" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_reliance" ADD CONSTRAINT "waves_reliance_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_reliance" ADD CONSTRAINT "waves_reliance_file_id_of_org" FOREIGN KEY (organisation_id, file_id) REFERENCES "documents_storedfile" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_relianceversion" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_relianceversion" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "waves_relianceversion" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_relianceversion" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT ON "waves_relianceversion" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_relianceversion" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_relianceversion" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_relianceversion" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_relianceversion" ADD CONSTRAINT "waves_relianceversion_reliance_id_of_org" FOREIGN KEY (organisation_id, reliance_id) REFERENCES "waves_reliance" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_relianceopinion" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_relianceopinion" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "waves_relianceopinion" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "waves_relianceopinion" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_relianceopinion" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_relianceopinion" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_relianceopinion" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_relianceopinion" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_relianceopinion" ADD CONSTRAINT "waves_relianceopinion_version_id_of_org" FOREIGN KEY (organisation_id, version_id) REFERENCES "waves_relianceversion" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "waves_reliancelink" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "waves_reliancelink" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reliancelink" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "waves_reliancelink" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "waves_reliancelink" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "waves_reliancelink" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "waves_reliancelink" ADD CONSTRAINT "waves_reliancelink_reliance_id_of_org" FOREIGN KEY (organisation_id, reliance_id) REFERENCES "waves_reliance" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("waves", "0003_roads_to_qualification"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
