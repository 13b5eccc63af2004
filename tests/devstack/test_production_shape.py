"""docker-compose.yml, Dockerfile and Procfile say what the code understands."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from qadportal.devstack.install import FONT, LIBRARIES
from qadportal.devstack.places import REPOSITORY

COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
SERVICES: dict[str, dict] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
JOBS = {"migrate", "storage-setup"}
READERS = ("settings.py", "gunicorn_conf.py", "devstack/roles.py")
READ_BY_LIBRARIES = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # django-storages, boto3


def settings_text() -> str:
    return (REPOSITORY / "qadportal" / "settings.py").read_text()


def names_read() -> set[str]:
    texts = [(REPOSITORY / "qadportal" / name).read_text() for name in READERS]
    return set(re.findall(r'"((?:PORTAL|DATABASE|CELERY|CACHE)_[A-Z0-9_]+)"', "\n".join(texts)))


def words(service: dict) -> list[str]:
    """Return the words of a service's command, those of an inner shell included."""
    command = service["command"]
    if command[0] != "sh":
        return command
    lexer = shlex.shlex(command[-1], posix=True, punctuation_chars=";&")
    lexer.whitespace_split = True
    return list(lexer)


def python_targets(service: dict) -> tuple[list[str], list[str]]:
    """Return (modules, management commands) that a command starts."""
    parts = words(service)
    modules = [parts[at + 1] for at, word in enumerate(parts) if word == "-m"]
    commands = [parts[at + 1] for at, word in enumerate(parts) if word == "manage.py"]
    return modules, commands


def test_the_production_shape_is_whole() -> None:
    assert set(OURS) == {"web", "worker", "scheduler", "sweep", "migrate"}
    assert set(SERVICES) - set(OURS) == {"database", "broker", "storage", "storage-setup"}
    assert set(COMPOSE["volumes"]) == {"database", "broker", "storage"}


@pytest.mark.parametrize("name", OURS)
def test_every_process_starts_something_that_exists(name: str) -> None:
    modules, commands = python_targets(OURS[name])
    assert modules or commands
    for module in modules:
        assert importlib.util.find_spec(module), module
    assert set(commands) <= set(get_commands())
    for target in re.findall(r"qadportal\.[a-z_]+", " ".join(words(OURS[name]))):
        assert importlib.util.find_spec(target), target


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_a_process_is_read_by_the_code(name: str) -> None:
    given = set(OURS[name]["environment"])
    assert given <= names_read() | READ_BY_LIBRARIES
    required = set(re.findall(r'env\.text\("([A-Z0-9_]+)"\)', settings_text()))
    assert required, "settings name what they cannot do without"
    assert required <= given


def test_the_owners_password_is_known_to_the_migration_alone() -> None:
    holders = [
        name
        for name, service in SERVICES.items()
        if "PORTAL_OWNER_PASSWORD" in str(service.get("environment"))
    ]
    assert holders == ["migrate"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - JOBS))
def test_every_service_says_how_it_feels(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert check["interval"]
    assert check["timeout"]


def test_every_dependency_is_a_service_that_can_meet_its_condition() -> None:
    for service in SERVICES.values():
        for needed, terms in service.get("depends_on", {}).items():
            finished = terms["condition"] == "service_completed_successfully"
            assert finished is (needed in JOBS)
            assert needed in SERVICES


def test_no_secret_has_a_default() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text()
    secret = re.compile(r"PASSWORD|SECRET|_USER|_KEY")
    uses = re.findall(r"\$\{([A-Z0-9_]+)(:[-?])?", text)
    assert [name for name, default in uses if secret.search(name) and default != ":?"] == []
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if secret.search(variable):
                assert str(value).startswith("${"), f"{name}: {variable}"
            assert not re.search(r"://[^:/@]+:[^$@]+@", str(value)), f"{name}: {variable}"


@pytest.mark.parametrize("name", sorted(set(OURS) - {"migrate"}))
def test_every_process_runs_without_rights_it_does_not_need(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "USER portal" in (REPOSITORY / "Dockerfile").read_text()


def test_the_procfile_starts_the_same_processes() -> None:
    lines = (REPOSITORY / "Procfile").read_text().splitlines()
    processes = {
        name: shlex.split(command) for name, _, command in (x.partition(": ") for x in lines)
    }
    assert set(processes) == {"web", "worker", "scheduler", "sweep"}
    for name, command in processes.items():
        assert command == OURS[name]["command"]


def test_the_image_has_the_libraries_that_the_installer_looks_for() -> None:
    text = (REPOSITORY / "Dockerfile").read_text()
    for package in (*LIBRARIES, FONT):
        assert package in text
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, flags=re.MULTILINE)
    for source in " ".join(copied).split():
        assert (REPOSITORY / source).exists(), source


def test_the_ci_command_is_the_test_command() -> None:
    path: Path = REPOSITORY / ".ci" / "run"
    assert path.stat().st_mode & 0o111
    assert "exec ./portal test" in path.read_text()
