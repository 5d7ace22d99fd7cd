"""A PostgreSQL of the tests' own, where Debian's is installed."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote


def start_postgres(keep: Path | None = None) -> str:
    """Start a PostgreSQL of our own in a temporary folder, reached by its socket alone; gives back its address.

    It is stopped and removed when this process ends. PostgreSQL refuses to run as root: then it runs as the user
    ``postgres``. FileNotFoundError where its programs are not here.

    ``keep`` is a folder in which the data stays from one time to the next, for measuring; written with care then.
    """
    programs = _programs()
    as_user = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="safeboard-pg-"))
    folder.chmod(0o700)
    if as_user:
        shutil.chown(folder, "postgres")
    data, log = (keep or folder) / "data", folder / "log"
    if keep and not keep.exists():
        keep.mkdir(mode=0o700)
        if as_user:
            shutil.chown(keep, "postgres")

    def call(*words: str | Path) -> None:
        done = subprocess.run(
            [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False, **as_user
        )
        if done.returncode:
            said = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{words[0]} failed:\n{done.stdout}{done.stderr}{said}")

    def stop() -> None:
        subprocess.run(
            [str(programs / "pg_ctl"), "-D", str(data), "-m", "fast" if keep else "immediate", "-w", "stop"],
            cwd="/",
            capture_output=True,
            check=False,
            **as_user,
        )
        shutil.rmtree(folder, ignore_errors=True)

    make = ("-U", "safeboard", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
    if not (data / "PG_VERSION").exists():
        call(programs / "initdb", "-D", data, *make)
    atexit.register(stop)
    careless = "" if keep else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    options = f"-k {folder} -c listen_addresses='' {careless}"
    call(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
    return f"postgres://safeboard@{quote(str(folder), safe='')}/postgres"


def _programs() -> Path:
    """The folder of initdb and pg_ctl: Debian keeps them off the path, one folder a version; the newest is taken."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("PostgreSQL is not here: sudo apt install postgresql")
    return Path(on_path).resolve().parent
