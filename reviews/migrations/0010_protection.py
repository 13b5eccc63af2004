"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
    'ALTER TABLE "reviews_assignment" ADD CONSTRAINT "reviews_assignment_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_conflict" ADD CONSTRAINT "reviews_conflict_of_org" UNIQUE (organisation_id, id)',  # noqa: E501
    'ALTER TABLE "reviews_assignment" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_assignment" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_assignment" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_assignment" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_assignment" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_assignment" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_assignment" ADD CONSTRAINT "reviews_assignment_part_id_of_org" FOREIGN KEY (organisation_id, part_id) REFERENCES "submissions_part" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED',  # noqa: E501
    'ALTER TABLE "reviews_conflict" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_conflict" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_conflict" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_conflict" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE ON "reviews_conflict" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_conflict" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
    'ALTER TABLE "reviews_absence" ENABLE ROW LEVEL SECURITY',  # noqa: E501
    'ALTER TABLE "reviews_absence" FORCE ROW LEVEL SECURITY',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_absence" TO portal_reviewer',  # noqa: E501
    'CREATE POLICY "portal_reviewer" ON "reviews_absence" TO portal_reviewer USING (true) WITH CHECK (true)',  # noqa: E501
    'GRANT SELECT, INSERT, UPDATE, DELETE ON "reviews_absence" TO portal_system',  # noqa: E501
    'CREATE POLICY "portal_system" ON "reviews_absence" TO portal_system USING (true) WITH CHECK (true)',  # noqa: E501
]


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0009_team"),
        ("tenancy", "0001_roles"),
        ("documents", "0002_protection"),
        ("participants", "0002_protection"),
        ("submissions", "0002_protection"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
