"""./portal manage: a management command in the portal's environment, its output left alone."""

import os
import signal
import subprocess
import sys

import psycopg2

from qadportal.devstack import databases, steps
from qadportal.devstack.environment import OWNER_COMMANDS, as_owner
from qadportal.devstack.places import REPOSITORY, Places, places


def manage(arguments: list[str]) -> int:
    """Run the command, with the servers started for it if they are not up; return its exit code."""
    here = places()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped too
    with databases.own_or_join(here, "manage") as servers:
        environment = servers.environment
        is_for_owner = bool(arguments) and arguments[0] in OWNER_COMMANDS
        if servers.lock and not is_for_owner and not _is_prepared(here, environment):
            steps.prepare(here, environment)
        servers.declare_ready()
        if is_for_owner:
            environment = as_owner(environment)
        if servers.cluster:  # dbshell looks for psql
            path = f"{servers.cluster.binaries.folder}{os.pathsep}{environment.get('PATH', '')}"
            environment = environment | {"PATH": path}
        return _run([sys.executable, "manage.py", *arguments], environment)


def _is_prepared(here: Places, environment: dict[str, str]) -> bool:
    """Return whether the database holds the tables and the reference data of this version."""
    if not steps.is_remembered(here, environment):
        return False
    connection = psycopg2.connect(environment["DATABASE_URL"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run in the foreground: the command reads the keyboard and answers Ctrl-C itself."""
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)
        if process.poll() is None:
            process.terminate()
            process.wait()
