"""``manage.py demo_accounts``: whom to sign in as in a demonstration, and for what."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.errors import Denied
from qadportal.demo import accounts
from qadportal.demo.reading import corpus


class Command(BaseCommand):
    """Print the accounts of the tour."""

    help = "Prints the demonstration's accounts, their one password, and where to begin."

    def handle(self, *args, **options) -> None:
        """Print one line an account."""
        try:
            accounts.require_demonstration()
        except Denied as turndown:
            raise CommandError(turndown.reason) from None
        lines = list(accounts.tour(corpus()))
        widths = [max(len(getattr(line, name)) for line in lines) for name in ("name", "email")]
        self.stdout.write(f"Demonstration accounts, all with the password: {accounts.PASSWORD}\n\n")
        for line in lines:
            self.stdout.write(
                f"  {line.name:{widths[0]}}  {line.email:{widths[1]}}  {line.what_for}"
                f" ({line.address})"
            )
        self.stdout.write(f"\nSign in at {settings.BASE_URL}/accounts/login/")
