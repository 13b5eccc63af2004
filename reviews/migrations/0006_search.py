"""What was said can be searched: PostgreSQL keeps the words of threads, messages and plans."""

from django.db import migrations


def _column(table: str, of: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS
            (to_tsvector('english', {of})) STORED;
        CREATE INDEX {table}_search ON {table} USING gin (search);
        """,
        f"ALTER TABLE {table} DROP COLUMN search;",
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_recommendations")]

    operations = [
        _column("reviews_thread", "subject"),
        _column("reviews_message", "text"),
        _column("reviews_actionplan", "text"),
    ]
