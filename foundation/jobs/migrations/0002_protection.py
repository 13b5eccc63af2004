"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "jobs_job" ADD CONSTRAINT "jobs_job_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "jobs_job" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "jobs_job" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT ON "jobs_job" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "jobs_job" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "jobs_job" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "jobs_job" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "jobs_job" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "jobs_job" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("tenancy", "0001_roles")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
