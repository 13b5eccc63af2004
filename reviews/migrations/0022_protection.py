"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_exemption" ADD CONSTRAINT "reviews_exemption_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_exemptionstep" ADD CONSTRAINT "reviews_exemptionstep_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_exemption" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_exemption" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemption" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_exemption" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemption" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_exemption" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemption" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_exemption" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_exemption" ADD CONSTRAINT "reviews_exemption_qualification_id_of_org" FOREIGN KEY (organisation_id, qualification_id) REFERENCES "participants_qualification" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_exemptionstep" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_exemptionstep" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemptionstep" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_exemptionstep" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemptionstep" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_exemptionstep" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_exemptionstep" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_exemptionstep" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_exemptionstep" ADD CONSTRAINT "reviews_exemptionstep_exemption_id_of_org" FOREIGN KEY (organisation_id, exemption_id) REFERENCES "reviews_exemption" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0021_exemptions"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
