"""The verbs, the folders and the translations around the servers."""

import os
import re
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from qadportal.devstack import environment, install, places, testdb, up
from qadportal.devstack.environment import Addresses
from qadportal.devstack.places import REPOSITORY, Places, Trouble
from qadportal.devstack.postgres import SUPERUSER, Cluster
from qadportal.devstack.roles import APP, OWNER, connect, provision


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(REPOSITORY / "portal"), *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **changes},
        check=False,
        cwd="/",
    )


def test_portal_alone_prints_its_verbs_and_every_verb_is_one() -> None:
    printed = run()
    verbs = re.findall(r"^\./portal (\w+)", printed.stdout, flags=re.MULTILINE)
    assert printed.returncode == 0
    assert verbs == ["up", "test", "manage", "bench", "doctor", "backup", "restore"]


def test_an_unknown_verb_is_one_sentence_and_exit_code_1() -> None:
    answer = run("fly")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == "portal: there is no 'fly'."


def test_without_python_the_person_is_told_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "portal").write_text((REPOSITORY / "portal").read_text())
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "id", "cat"):
        (tools / name).symlink_to(f"/usr/bin/{name}")
    answer = subprocess.run(
        ["/bin/bash", str(tmp_path / "portal"), "up"],
        capture_output=True,
        text=True,
        env={"PATH": str(tools)},
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == (
        "portal: Python 3.11 or later with its venv module is needed:"
        " install the packages python3 and python3-venv.\n"
    )


def test_a_taken_port_is_refused_before_anything_starts() -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = str(stranger.getsockname()[1])
        with pytest.raises(Trouble, match=f"Port {port} cannot be used"):
            up.check_port("127.0.0.1", port)
    up.check_port("127.0.0.1", port)


def test_a_path_too_long_for_a_socket_moves_the_sockets_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "is_open_to_all", lambda folder: True)
    state = tmp_path / ("a" * 60) / ("b" * 60)
    made = places.places(state)
    try:
        assert len(str(made.valkey_socket)) < 104
        assert len(str(made.database_socket / ".s.PGSQL.5432")) < 104
        assert stat.S_IMODE(made.sockets.stat().st_mode) == 0o700
        assert made.log.is_relative_to(state)
    finally:
        made.sockets.rmdir()
        made.database_socket.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_under_a_closed_folder_the_database_lies_where_its_account_can_reach_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path.parent / "reachable"
    monkeypatch.setattr(places, "ROOT_STATE", outside)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    made = places.places(closed / "state")
    assert made.cluster.parent == outside
    assert made.cluster.stat().st_uid == made.account.uid
    assert places.places(closed / "state").cluster == made.cluster, "found again"
    shutil.rmtree(made.sockets)


def test_a_secret_is_drawn_once_and_closed_to_others(places: Places) -> None:
    first = places.secret("secret-key")
    assert len(first) >= 50
    assert places.secret("secret-key") == first
    assert stat.S_IMODE((places.state / "secret-key").stat().st_mode) == 0o600


def test_the_environment_names_both_logins_and_lets_the_caller_choose_the_rest(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DEMO", "0")
    monkeypatch.setenv("DATABASE_URL", "postgresql://boss@elsewhere/x")
    monkeypatch.delenv("CACHE_URL", raising=False)
    made = environment.portal_environment(places, Addresses("owner", "app", "broker", "cache"))
    assert made["DATABASE_URL"] == "app"
    assert made["DATABASE_OWNER_URL"] == "owner"
    assert made["CACHE_URL"] == "cache"
    assert made["PORTAL_DEMO"] == "0"
    assert "PORTAL_DB_AS_OWNER" not in made
    assert environment.as_owner(made)["PORTAL_DB_AS_OWNER"] == "1"


@pytest.mark.parametrize(
    ("given", "broker"),
    [
        ("redis://cache:6379/0", "redis://cache:6379/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
    ],
)
def test_a_given_redis_serves_broker_and_cache(
    given: str, broker: str, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", given)
    assert environment.redis_addresses(places) == (broker, given)


def test_pips_mirrors_and_certificates_are_handed_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    options, variables = install.uv_options(
        {
            "index-url": "https://mirror.example/simple",
            "extra-index-url": "https://a.example/simple https://b.example/simple",
            "trusted-host": "mirror.example",
            "cert": "/etc/own.pem",
            "timeout": "90",
        }
    )
    assert options == [
        "--index-strategy", "unsafe-best-match",
        "--default-index", "https://mirror.example/simple",
        "--index", "https://a.example/simple", "--index", "https://b.example/simple",
        "--allow-insecure-host", "mirror.example",
    ]  # fmt: skip
    assert variables == {"UV_HTTP_TIMEOUT": "90", "SSL_CERT_FILE": "/etc/own.pem"}


def test_each_parallel_worker_gets_a_clone_and_the_template_stays_untouched(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, app = cluster.url(OWNER, testdb.TEMPLATE), cluster.url(APP, testdb.TEMPLATE)
    provision(cluster.url(SUPERUSER, "postgres"), owner, app)
    connection = connect(owner)
    connection.cursor().execute("CREATE TABLE t AS SELECT 1 AS n")
    connection.close()
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("DATABASE_OWNER_URL", owner)
        monkeypatch.setenv("DATABASE_URL", app)
        monkeypatch.setenv("CACHE_URL", "unix:///x/valkey.sock?db=1")
        assert testdb.worker_database(worker) == f"{testdb.TEMPLATE}_{worker}"
        assert os.environ["DATABASE_URL"].endswith(f"{APP}@" + app.partition("@")[2] + f"_{worker}")
        connection = connect(os.environ["DATABASE_OWNER_URL"])
        connection.cursor().execute("INSERT INTO t VALUES (2)")
        connection.close()
    assert os.environ["CACHE_URL"] == "unix:///x/valkey.sock?db=3"
    connection = connect(owner)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM t")
        assert cursor.fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("name", ["base", "dev", "tools", "node"])
def test_every_pinned_package_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text()
    pins = re.findall(
        r"^[a-z0-9][^\n]*==[^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)+", text, re.M
    )
    names = re.findall(r"^[a-z0-9][^\n]*==", text, re.M)
    assert names
    assert len(pins) == len(names)
    assert "://" not in text


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.sys, "platform", "linux")
    monkeypatch.setattr(install, "has_library", lambda names: "pango-1" not in names[0])
    monkeypatch.setattr(install, "has_font", lambda: True)
    monkeypatch.setattr(install, "has_browser", lambda: False)


@pytest.mark.usefixtures("bare_machine")
def test_an_ordinary_user_gets_the_one_line_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(install.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit) as ended:
        install.install_system_packages("up")
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "portal: Please run once: sudo apt-get install --no-install-recommends libpango-1.0-0\n"
    )


@pytest.mark.usefixtures("bare_machine")
def test_root_installs_only_what_is_missing_and_updates_the_lists_when_it_must(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install.Path, "read_text", lambda path: "ID=debian\n")

    def runs(command: list[str], **environment: str) -> bool:
        asked.append(command)
        return len(asked) > 1  # the first attempt finds no package lists

    monkeypatch.setattr(install, "runs", runs)
    install.install_system_packages("test")
    packages = ["libpango-1.0-0", "chromium"]
    assert [command[-2:] for command in asked] == [packages, ["apt-get", "update"], packages]


def test_a_machine_without_apt_is_told_the_names(
    bare_machine: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit):
        install.install_system_packages("test")
    assert "libpango-1.0-0 chromium poppler-utils" in capsys.readouterr().err


def test_a_step_is_done_again_only_when_its_inputs_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(install, "REPOSITORY", tmp_path)
    source = tmp_path / "lock"
    source.write_text("one")
    assert not install.is_stamped("base", install.digest([source]))
    install.stamp("base", install.digest([source]))
    assert install.is_stamped("base", install.digest([source]))
    source.write_text("two")
    assert not install.is_stamped("base", install.digest([source]))
