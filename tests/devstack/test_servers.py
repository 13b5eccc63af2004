"""The embedded servers: made, started, killed and started again."""

import os
import signal
import threading
from pathlib import Path

import psycopg2
import pytest

from qadportal.devstack import children, databases, postgres, valkey
from qadportal.devstack.places import Places, Trouble
from qadportal.devstack.postgres import SUPERUSER, Cluster


def ask(url: str, question: str) -> list[tuple]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_a_durable_cluster_keeps_its_rows_through_kill_9_and_an_immediate_restart(
    places: Places,
) -> None:
    cluster = Cluster(places, postgres.find_binaries(places.account))
    assert cluster.make() is True
    url = cluster.url(SUPERUSER, "postgres")
    first = cluster.start()
    ask(url, "CREATE TABLE t AS SELECT generate_series(1, 1000) AS n")
    durable = ask(
        url,
        "SELECT name, setting FROM pg_settings WHERE name IN"
        " ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')",
    )
    assert {setting for _, setting in durable} == {"on"}
    assert len(durable) == 4
    os.kill(first.process.pid, signal.SIGKILL)
    # Until it is reaped the dead server is a zombie that holds the lock file.
    threading.Timer(0.6, first.process.poll).start()
    second = cluster.start()
    try:
        assert ask(url, "SELECT count(*) FROM t") == [(1000,)]
        assert cluster.make() is False
    finally:
        children.stop([second, first])
    assert not cluster.answers()


def test_data_of_another_major_version_are_refused_in_one_sentence(places: Places) -> None:
    cluster = Cluster(places, postgres.find_binaries(places.account))
    places.data.mkdir()
    (places.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Trouble, match="written by PostgreSQL 9"):
        cluster.make()


def test_programs_that_are_not_there_are_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))
    with pytest.raises(Trouble, match="no PostgreSQL in PORTAL_PG_BIN"):
        postgres.find_binaries()


def test_valkey_answers_on_its_socket_and_leaves_on_term(places: Places) -> None:
    server = valkey.start(places)
    assert valkey.answers(places.valkey_socket)
    children.stop([server])
    assert not valkey.answers(places.valkey_socket)
    assert server.process.returncode == 0


def test_a_child_that_ignores_term_is_killed_after_the_grace(places: Places) -> None:
    command = ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"]
    child = children.start("deaf", command, log=places.log / "deaf.log", environment=os.environ)
    while "deaf" not in child.log.read_text():
        assert child.is_running
    children.stop([child], grace=0.3)
    assert child.process.returncode == -signal.SIGKILL


def test_a_failing_step_says_why_in_its_trouble(places: Places) -> None:
    child = children.start(
        "migrate",
        ["sh", "-c", "echo 'no such table'; exit 3"],
        log=places.log / "step.log",
        environment=os.environ,
    )
    with pytest.raises(Trouble, match="migrate failed:\nno such table"):
        children.finish(child)


def test_a_second_command_is_told_who_runs(places: Places) -> None:
    with databases.alone(places, "up") as lock:
        lock.write('{"verb": "up", "pid": 4711, "ready": true}')
        lock.flush()
        with (
            pytest.raises(Trouble, match=r"already running: \./portal up, pid 4711"),
            databases.alone(places, "up"),
        ):
            pytest.fail("two commands hold one portal")
    with databases.alone(places, "up"):
        pass  # free again


def test_a_management_command_joins_servers_that_run_and_starts_them_otherwise(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with databases.own_or_join(places, "manage") as first:
        assert [child.name for child in first.started] == ["PostgreSQL", "Valkey"]
        monkeypatch.setattr(databases, "JOIN_WITHIN", 0.3)
        with (
            pytest.raises(Trouble, match="do not answer"),
            databases.own_or_join(places, "manage"),
        ):
            pytest.fail("a guest came in before the tables were there")
        first.declare_ready()
        with databases.own_or_join(places, "manage") as second:
            assert second.started == []
            url = second.environment["DATABASE_URL"]
            assert ask(url, "SELECT current_user") == [("portal_app",)]
    assert not first.cluster.answers()
