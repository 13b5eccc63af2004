"""Hold the database's catalogue against the declared protection; exit 1 and say each fault."""

from django.core.management.base import BaseCommand, CommandError

from foundation.tenancy.catalogue import faults


class Command(BaseCommand):
    help = "Prove that every tenant table is protected as declared."

    def handle(self, **options) -> None:
        found = faults()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("Every tenant table is protected as declared.")
