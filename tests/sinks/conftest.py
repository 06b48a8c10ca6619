"""A PostgreSQL server of the tests' own: started as a plain user on a socket in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


class PostgresServer:
    """One server; ``start`` and ``stop`` may be called again and again, the data stay."""

    def __init__(self, programs: Path, folder: Path, fsync: bool = False) -> None:
        self._programs, self._folder, self._fsync = programs, folder, fsync
        # The server refuses to run as root; a plain user has no name to give.
        self._user = "nobody" if os.geteuid() == 0 else None
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._user:
            os.chown(folder, pwd.getpwnam(self._user).pw_uid, -1)
        self._run("initdb", "--auth=trust", "--username=tester", "--encoding=UTF8", "--locale=C", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql://tester@/postgres?host={self._folder}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self._folder} -c fsync={'on' if self._fsync else 'off'}"
        self._run("pg_ctl", "start", "-w", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "immediate")

    def _run(self, program: str, *arguments: str) -> None:
        data = ("-D", str(self._folder / "data"))
        subprocess.run(
            [str(self._programs / program), *data, *arguments],
            check=True,
            user=self._user,
            cwd="/",
            stdout=subprocess.DEVNULL,
            timeout=60,
        )


def postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    candidates = [Path(found).parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((c for c in candidates if (c / "initdb").exists() and (c / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    programs = postgres_programs()
    if programs is None:
        reason = "PostgreSQL's programs (initdb, pg_ctl) are not on this machine"
        if os.environ.get("EXTRACTOR_REQUIRE_POSTGRES"):
            pytest.fail(reason)
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        os.chmod(folder, 0o755)
        server = PostgresServer(programs, Path(folder) / "server")
        server.start()
        yield server
        server.stop()
