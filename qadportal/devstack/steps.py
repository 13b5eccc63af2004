"""What a fresh or changed portal needs before it serves: migrate, reference, demonstration, files.

Run as `python -m qadportal.devstack.steps STEP...` it performs the steps in one Django process.
"""

import hashlib
import sys
from pathlib import Path

from qadportal.devstack import children
from qadportal.devstack.environment import as_owner
from qadportal.devstack.places import REPOSITORY, Places

PREPARED_FROM = ("*/migrations/*.py", "*/*/migrations/*.py", "fixtures/**/*.*")
# step -> management command with its arguments; commands that do not exist are left out
COMMANDS = {
    "migrate": ("migrate", "--no-input"),
    "static": ("collectstatic", "--no-input"),
    "reference": ("load_reference",),
    "demonstration": ("seed_demo", "--if-empty"),
    "accounts": ("demo_accounts",),
}


def begin(places: Places, environment: dict[str, str], *steps: str) -> children.Child:
    """Start the steps as a child process; finish() it with children.finish."""
    command = [sys.executable, "-m", "qadportal.devstack.steps", str(accounts_file(places))]
    return children.start(
        " and ".join(steps),
        [*command, *steps],
        log=places.log / f"{steps[0]}.log",
        environment=environment,
    )


def prepare(places: Places, environment: dict[str, str]) -> None:
    """Bring the tables and the reference data of a database up to this version."""
    children.finish(begin(places, as_owner(environment), "migrate"))
    children.finish(begin(places, environment, "reference"))
    remember(places, environment)


def remember(places: Places, environment: dict[str, str]) -> None:
    """Note that this database is prepared for this version."""
    (places.state / "prepared").write_text(_version(environment))


def is_remembered(places: Places, environment: dict[str, str]) -> bool:
    """Return whether this database was prepared and nothing it was prepared from has changed."""
    note = places.state / "prepared"
    return note.exists() and note.read_text() == _version(environment)


def _version(environment: dict[str, str]) -> str:
    files = (path for pattern in PREPARED_FROM for path in REPOSITORY.glob(pattern))
    whole = hashlib.sha256(environment["DATABASE_URL"].encode())
    for path in sorted(files):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def accounts_file(places: Places) -> Path:
    """Return where the demonstration's accounts are written for `up` to print."""
    return places.state / "accounts.txt"


def perform(accounts: Path, steps: list[str]) -> None:
    """Run the management commands of the steps, in this process."""
    import django  # only here: the supervisor itself never loads Django
    from django.core.management import call_command, get_commands

    django.setup()
    present = get_commands()
    for step in steps:
        name, *arguments = COMMANDS[step]
        if name not in present:
            print(f"there is no command '{name}'", flush=True)
        elif step == "accounts":
            with accounts.open("w") as file:
                call_command(name, *arguments, stdout=file)
        else:
            call_command(name, *arguments)


if __name__ == "__main__":
    perform(Path(sys.argv[1]), sys.argv[2:])
