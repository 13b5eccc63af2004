"""What was submitted can be searched: PostgreSQL keeps the words of each frozen section."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_part_delegate_signs")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE submissions_frozensection ADD COLUMN search tsvector GENERATED ALWAYS AS
                (jsonb_to_tsvector('english', content::jsonb, '["string"]')) STORED;
            CREATE INDEX frozensection_search ON submissions_frozensection USING gin (search);
            """,
            "ALTER TABLE submissions_frozensection DROP COLUMN search;",
        )
    ]
