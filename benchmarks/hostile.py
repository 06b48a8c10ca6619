"""Hostile files, one run each: refused with a sentence, in bounded time and memory.

`python -m benchmarks.hostile` makes them in a temporary folder and prints a table. Exit code 1 when a run ends
otherwise than with an outcome for what it was given, fails on a page, or takes more than LIMIT_SECONDS or LIMIT_MB
beyond a plain page.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import make_page
from benchmarks.machine import describe

GB = 1 << 30
LIMIT_SECONDS = 60
LIMIT_MB = 400
_BLOCK = bytes(1 << 20)


def plain(folder: Path) -> Path:
    path = folder / "page.txt"
    path.write_text(make_page(1, "text"), encoding="utf-8")
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            with archive.open(f"{number}.txt", "w", force_zip64=True) as member:
                for _ in range(512):
                    member.write(_BLOCK)
        archive.writestr("page.txt", make_page(1, "text"))
    return path


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.html.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(2048):
            file.write(_BLOCK)
    return path


def tar_bomb(folder: Path) -> Path:
    path = folder / "bomb.tar.gz"
    with gzip.open(path, "wb") as file:
        member = tarfile.TarInfo("0.txt")
        member.size = 2 * GB
        file.write(member.tobuf())
        for _ in range(2048):
            file.write(_BLOCK)
    return path


def tar_name_bomb(folder: Path) -> Path:
    """A name of two gigabytes, which tarfile holds in memory."""
    path = folder / "names.tar.gz"
    with gzip.open(path, "wb") as file:
        member = tarfile.TarInfo("././@LongLink")
        member.type = tarfile.GNUTYPE_LONGNAME
        member.size = 2 * GB
        file.write(member.tobuf())
        for _ in range(2048):
            file.write(_BLOCK)
    return path


def nested(folder: Path) -> Path:
    data, name = make_page(1, "text").encode(), "page.txt"
    for depth in range(50):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, data)
        data, name = buffer.getvalue(), f"{depth}.zip"
    path = folder / "nested.zip"
    path.write_bytes(data)
    return path


def traversal(folder: Path) -> Path:
    path = folder / "names.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            "../../../tmp/evil.txt",
            "/etc/evil.txt",
            "C:\\evil.txt",
            "a/../../evil.txt",
            "x" * 60_000 + ".txt",
        ):
            archive.writestr(name, make_page(1, "text"))
    return path


def deep_tags(folder: Path) -> Path:
    path = folder / "deep.html"
    path.write_text("<div>" * 10_000 + "<p>A workshop in Nairobi.</p>" + "</div>" * 10_000, encoding="utf-8")
    return path


def long_line(folder: Path) -> Path:
    path = folder / "line.txt"
    with path.open("wb") as file:
        for _ in range(1024):
            file.write(b"migration " * ((1 << 20) // 10))
    return path


def long_json_line(folder: Path) -> Path:
    path = folder / "line.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(1024):
            file.write(b"migration " * ((1 << 20) // 10))
        file.write(b'"}\n' + json.dumps({"text": make_page(1, "text")}).encode())
    return path


def long_warc_header(folder: Path) -> Path:
    path = folder / "header.warc"
    with path.open("wb") as file:
        file.write(b"WARC/1.0\r\nWARC-Type: response\r\nX: ")
        for _ in range(1024):
            file.write(b"x" * (1 << 20))
        file.write(b"\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    return path


def large_text(folder: Path) -> Path:
    """One line of 15 MB, which is no more than a page may have."""
    path = folder / "large.txt"
    path.write_bytes(b"The forum on migration met Ms Amina Borg in Nairobi on 3 May 2021, " * 220_000)
    return path


HOSTILE: tuple[Callable[[Path], Path], ...] = (
    *(plain, zip_bomb, gzip_bomb, tar_bomb, tar_name_bomb, nested, traversal),
    *(deep_tags, long_line, long_json_line, long_warc_header, large_text),
)


def run(path: Path, folder: Path) -> tuple[float, float, str]:
    """Seconds, peak megabytes and what was said of a run over one file, with one worker."""
    code = (
        "import json, resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
        "print(json.dumps([code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3]), file=sys.stderr)"
    )
    options = ["-o", str(folder / "records.jsonl"), "--workers", "1", "--page-seconds", "20", "--fresh"]
    command = [sys.executable, "-c", code, sys.executable, "-m", "extractor", "run", str(path), *options]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    *said, last = done.stderr.strip().splitlines()
    code_of_run, megabytes = json.loads(last)
    told = [line.replace(str(folder), "")[:110] for line in said if not line.startswith("  ")]
    if code_of_run not in (0, 1):
        told = [f"ended with {code_of_run}", *told[-1:]]
    return seconds, megabytes, "; ".join(told[:1] + told[-1:] if len(told) > 1 else told)


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    faults = 0
    plain_seconds, plain_megabytes = 0.0, 0.0
    print("| file | seconds | peak MB | what was said |\n| --- | --- | --- | --- |")
    for make in HOSTILE:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            seconds, megabytes, said = run(make(folder), folder)
        if make is plain:
            plain_seconds, plain_megabytes = seconds, megabytes
        faults += (
            seconds > plain_seconds + LIMIT_SECONDS
            or megabytes > plain_megabytes + LIMIT_MB
            or said.startswith("ended with")
            or "The extractor failed" in said
        )
        print(f"| {make.__name__} | {seconds:.1f} | {megabytes:.0f} | {said.replace('|', '/')} |", flush=True)
    print(f"\nfaults {faults}\n\n{describe()}")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
