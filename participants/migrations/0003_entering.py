"""The function that lets a signed-in person into an organisation, in one round trip."""

from django.db import migrations

from participants.entry import ENTER_SQL


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_protection"), ("clock", "0001_initial")]
    operations = [migrations.RunSQL(ENTER_SQL, migrations.RunSQL.noop)]
