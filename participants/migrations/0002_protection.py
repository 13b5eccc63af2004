"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "participants_membership" ADD CONSTRAINT "participants_membership_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_invitation" ADD CONSTRAINT "participants_invitation_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_mpid" ADD CONSTRAINT "participants_mpid_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_qualification" ADD CONSTRAINT "participants_qualification_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_qualificationmpid" ADD CONSTRAINT "participants_qualificationmpid_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_area" ADD CONSTRAINT "participants_area_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "participants_person" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_person" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "participants_person" TO portal_participant',  # noqa: E501
    "CREATE POLICY \"portal_participant\" ON \"participants_person\" TO portal_participant USING (body <> '' OR id = (SELECT app.ctx_person()) OR id IN (SELECT m.person_id FROM participants_membership m)) WITH CHECK (body <> '' OR id = (SELECT app.ctx_person()) OR id IN (SELECT m.person_id FROM participants_membership m))",  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_person" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_person" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, UPDATE ON "participants_person" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "participants_person" TO portal_gate USING (id = (SELECT app.ctx_person())) WITH CHECK (id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, UPDATE ON "participants_person" TO portal_app',  # noqa: E501
    'CREATE POLICY "portal_app" ON "participants_person" TO portal_app USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_person" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_person" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_organisation" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_organisation" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, UPDATE ON "participants_organisation" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_organisation" TO portal_participant USING (id = (SELECT app.ctx_org())) WITH CHECK (id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_organisation" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_organisation" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT ON "participants_organisation" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "participants_organisation" TO portal_gate USING (id IN (SELECT m.organisation_id FROM participants_membership m WHERE m.is_active)) WITH CHECK (id IN (SELECT m.organisation_id FROM participants_membership m WHERE m.is_active))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_organisation" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_organisation" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_membership" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_membership" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_membership" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_membership" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_membership" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_membership" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT ON "participants_membership" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "participants_membership" TO portal_gate USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_membership" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_membership" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_invitation" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_invitation" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_invitation" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_invitation" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_invitation" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_invitation" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_invitation" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_invitation" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_mpid" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_mpid" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "participants_mpid" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_mpid" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_mpid" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_mpid" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_mpid" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_mpid" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_qualification" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_qualification" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, UPDATE ON "participants_qualification" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_qualification" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_qualification" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_qualification" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_qualification" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_qualification" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_qualificationmpid" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_qualificationmpid" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "participants_qualificationmpid" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_qualificationmpid" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_qualificationmpid" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_qualificationmpid" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_qualificationmpid" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_qualificationmpid" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_qualificationmpid" ADD CONSTRAINT "participants_qualificationmpid_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "participants_qualificationmpid" ADD CONSTRAINT "participants_qualificationmpid_mpid_id_of_org" FOREIGN KEY (organisation_id, mpid_id) REFERENCES "participants_mpid" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "participants_area" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_area" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "participants_area" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_area" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT ON "participants_area" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_area" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_area" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_area" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_area" ADD CONSTRAINT "participants_area_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "participants_areagrant" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_areagrant" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_areagrant" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "participants_areagrant" TO portal_participant USING (content_object_id IN (SELECT a.id FROM participants_area a)) WITH CHECK (content_object_id IN (SELECT a.id FROM participants_area a))',  # noqa: E501
    'GRANT SELECT ON "participants_areagrant" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_areagrant" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_areagrant" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_areagrant" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "participants_apitoken" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "participants_apitoken" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_apitoken" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "participants_apitoken" TO portal_reviewer USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "participants_apitoken" TO portal_gate',  # noqa: E501
    'CREATE POLICY "portal_gate" ON "participants_apitoken" TO portal_gate USING (person_id = (SELECT app.ctx_person())) WITH CHECK (person_id = (SELECT app.ctx_person()))',  # noqa: E501
    'GRANT SELECT, UPDATE ON "participants_apitoken" TO portal_app',  # noqa: E501
    'CREATE POLICY "portal_app" ON "participants_apitoken" TO portal_app USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "participants_apitoken" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "participants_apitoken" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial"), ("tenancy", "0001_roles")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
