from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_protection")]

    operations = [
        migrations.AddField(
            model_name="pack",
            name="recommendations",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="{qualification id: what is recommended on it}",
            ),
        ),
        migrations.AlterField(
            model_name="pack",
            name="recommendation",
            field=models.TextField(
                blank=True,
                help_text="One text for all: packs ordered before each application had its own.",
            ),
        ),
    ]
