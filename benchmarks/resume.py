"""Runs that are killed with -9 at random moments and resumed: their output must be that of an undisturbed run.

`python -m benchmarks.resume [--runs 50] [--pages 200]` kills each run one to three times, some with one process, some
with two workers, some with a worker killed instead of the whole run. Between the kills the output must be a whole
beginning of the undisturbed one, but for a torn last line. Exit code 1 when a run ends otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.generate import write_pages
from benchmarks.machine import describe

OPTIONS = ([], ["--workers", "2"], ["--workers", "1"])


def start(pages: Path, output: Path, options: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", "run", str(pages), "-o", str(output), *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_run(run: subprocess.Popen[bytes]) -> None:
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def kill_worker(run: subprocess.Popen[bytes], rng: random.Random) -> bool:
    """Kills a worker of the run, if it has one by now."""
    workers = [
        child for child in psutil.Process(run.pid).children(recursive=True) if "spawn_main" in " ".join(child.cmdline())
    ]
    if workers:
        rng.choice(workers).kill()
    return bool(workers)


def is_beginning(output: Path, undisturbed: bytes) -> bool:
    """Whether the whole lines of an output are those that an undisturbed run begins with."""
    if not output.exists():
        return True
    written = output.read_bytes()
    return undisturbed.startswith(written[: written.rfind(b"\n") + 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    kills = worker_kills = faults = resumed = 0
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        write_pages(arguments.pages, pages, "text")
        (pages / "empty.txt").write_bytes(b"")
        whole = Path(folder) / "undisturbed.jsonl"
        began = time.monotonic()
        start(pages, whole, []).wait()
        seconds = time.monotonic() - began
        undisturbed = whole.read_bytes()
        for number in range(arguments.runs):
            output = Path(folder) / f"run{number}.jsonl"
            options = OPTIONS[number % len(OPTIONS)]
            left = rng.randint(1, 3)
            while left:
                run = start(pages, output, options)
                time.sleep(rng.uniform(0.05, 0.9) * seconds)
                if run.poll() is not None:
                    output.unlink()  # it was done before it could be killed
                    continue
                left -= 1
                if options and rng.random() < 0.3:
                    worker_kills += kill_worker(run, rng)
                    time.sleep(rng.uniform(0, 1))
                kill_run(run)
                kills += 1
                faults += not is_beginning(output, undisturbed)
            summary = Path(folder) / "summary.json"
            start(pages, output, [*options, "--summary", str(summary)]).wait()
            resumed += json.loads(summary.read_text())["unchanged"]
            same = output.read_bytes() == undisturbed
            faults += not same
            print(f"run {number} {' '.join(options) or 'auto'}: {'same bytes' if same else 'OTHER BYTES'}", flush=True)
    print(
        f"\n{arguments.runs} runs of {arguments.pages + 1} pages, killed {kills} times, {worker_kills} workers beside; "
        f"{resumed:,} pages were not done again; faults {faults}\n\n{describe()}"
    )
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
