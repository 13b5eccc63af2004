"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_joining" ADD CONSTRAINT "reviews_joining_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_joining" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_joining" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT ON "reviews_joining" TO portal_participant',  # noqa: E501
    'CREATE POLICY "portal_participant" ON "reviews_joining" TO portal_participant USING (organisation_id = (SELECT app.ctx_org())) WITH CHECK (organisation_id = (SELECT app.ctx_org()))',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_joining" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_joining" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_joining" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_joining" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_joining" ADD CONSTRAINT "reviews_joining_thread_id_of_org" FOREIGN KEY (organisation_id, thread_id) REFERENCES "reviews_thread" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0017_joining"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
