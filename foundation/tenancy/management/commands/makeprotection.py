"""Write a migration that installs what the models of an app declare and no migration holds yet."""

from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand

from foundation.tenancy.protection import declared, statements, tenant_parents

HEAD = '''"""Row-level security, grants and composite keys, as declared on the models."""

from django.db import migrations

STATEMENTS = [
{body}
]


class Migration(migrations.Migration):
    dependencies = {dependencies}
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in STATEMENTS]
'''


class Command(BaseCommand):
    help = "Write the next protection migration of an app."

    def add_arguments(self, parser) -> None:
        parser.add_argument("app_label")

    def handle(self, *, app_label: str, **options) -> None:
        config = apps.get_app_config(app_label)
        folder = Path(config.path) / "migrations"
        written = "".join(p.read_text() for p in folder.glob("*.py"))
        models = [model for model, _ in declared() if model._meta.app_label == app_label]
        new = [
            sql
            for model in models
            for sql in statements(model)
            if sql not in written.replace("\\'", "'")
        ]
        new.sort(key=lambda sql: " UNIQUE (" not in sql)  # keys point at what is unique already
        if not new:
            self.stdout.write(f"{app_label}: nothing to protect")
            return
        last = sorted(p.stem for p in folder.glob("0*.py"))[-1]
        name = f"{int(last[:4]) + 1:04d}_protection"
        dependencies = [(app_label, last), ("tenancy", "0001_roles")]
        parents = {p._meta.app_label for m in models for p in tenant_parents(m).values()}
        dependencies += [(p, "0002_protection") for p in sorted(parents - {app_label})]
        body = "\n".join(f"    {sql!r},  # noqa: E501" for sql in new)
        (folder / f"{name}.py").write_text(HEAD.format(body=body, dependencies=dependencies))
        self.stdout.write(f"{app_label}: {name} with {len(new)} statements")
