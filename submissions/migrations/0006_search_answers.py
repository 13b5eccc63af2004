"""Search looks at what was answered and cited, not at the words of the questions themselves.

A word that stands in a question stands in every organisation's section: it would crowd out the
answers that hold it.
"""

from django.db import migrations

ANSWERED = """jsonb_to_tsvector('english',
    jsonb_path_query_array(content::jsonb, '$.questions[*].answer.text')
    || jsonb_path_query_array(content::jsonb, '$.questions[*].answer.value')
    || jsonb_path_query_array(content::jsonb, '$.questions[*].answer.not_applicable_reason')
    || jsonb_path_query_array(content::jsonb, '$.questions[*].evidence[*]'), '["string"]')"""
WHOLE = """jsonb_to_tsvector('english', content::jsonb, '["string"]')"""


def _of(words: str) -> str:
    return f"""
        ALTER TABLE submissions_frozensection DROP COLUMN search;
        ALTER TABLE submissions_frozensection
            ADD COLUMN search tsvector GENERATED ALWAYS AS ({words}) STORED;
        CREATE INDEX frozensection_search ON submissions_frozensection USING gin (search);
    """


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_search")]

    operations = [migrations.RunSQL(_of(ANSWERED), _of(WHOLE))]
