"""Limits on one page: the time it may take, and the memory of the process that works on it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

REPEAT_SECONDS = 1.0  # an exception that is raised inside a finalizer is lost: the next one is not


class OutOfTime(BaseException):
    """A page took too long. No Exception, so that nothing that saves itself from errors goes on with the page."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raises OutOfTime inside the block when it takes more processor time, however busy the machine is.

    Works where signals do, in the main thread of a POSIX system; elsewhere, and inside C code that runs on and on,
    only the process that waits for this one can end the page (see ``executors``).
    """
    if seconds is None or not hasattr(signal, "SIGPROF") or threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, REPEAT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _ring(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def limit_memory(size: int) -> None:
    """Lets this process allocate ``size`` bytes more than it has now; what is over raises MemoryError."""
    try:
        import resource
    except ImportError:  # no POSIX system
        return
    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + size, hard))
