"""What a process gives up before it looks at a foreign file: Linux rlimits and a seccomp filter.

The filter is an allow list: reading and writing descriptors it already has, memory, time, and the
way out. No socket, no open, no execve, no fork, no ptrace; those answer EPERM.
"""

import contextlib
import ctypes
import errno
import importlib
import os
import resource
import signal
import socket
from dataclasses import dataclass
from typing import Any

pyseccomp: Any
try:  # before the jail closes: it loads libseccomp from the host
    pyseccomp = importlib.import_module("pyseccomp")
except (ImportError, OSError, RuntimeError) as _fault:
    pyseccomp, _why_not = None, f"libseccomp is missing ({_fault})"

ALLOWED = (
    "read", "readv", "pread64", "preadv", "write", "writev", "pwrite64", "pwritev", "lseek",
    "_llseek", "fstat", "fstat64", "newfstatat", "ftruncate", "ftruncate64", "close", "fcntl",
    "fcntl64", "mmap", "mmap2", "munmap", "mprotect", "mremap", "madvise", "brk", "futex",
    "futex_time64", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
    "clock_gettime", "clock_gettime64", "clock_getres", "gettimeofday", "clock_nanosleep",
    "nanosleep", "getrandom", "getpid", "gettid", "getrusage", "sched_yield",
    "sched_getaffinity", "set_robust_list", "rseq", "restart_syscall", "exit", "exit_group",
)  # fmt: skip
NOBODY = 65534
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
MEBIBYTE = 1024 * 1024


class JailFault(Exception):
    """The kernel or libseccomp does not let us build the jail."""


@dataclass(frozen=True)
class Limits:
    """What one job may use at most."""

    seconds: int  # wall clock
    cpu_seconds: int
    memory_mb: int  # address space
    output_mb: int  # any file it writes


def die_with_parent(parent: int) -> None:
    """Be killed when the parent dies, even if it is killed. `parent`: its process number."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def keep_only(descriptors: set[int]) -> None:
    """Close every other descriptor this process has."""
    low = 0
    for keep in sorted(descriptors):
        os.closerange(low, keep)
        low = keep + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def enter(limits: Limits, *, parent: int, filtered: bool = True) -> None:
    """Give everything up. There is no way back. Raises JailFault."""
    ceilings = {
        resource.RLIMIT_AS: limits.memory_mb * MEBIBYTE,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.output_mb * MEBIBYTE,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for which, ceiling in ceilings.items():
        resource.setrlimit(which, (ceiling, ceiling))
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # a container may keep us from it; the filter stays
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    _prctl(PR_SET_DUMPABLE, 0)
    die_with_parent(parent)  # after the change of user, which forgets it
    if filtered:
        _filter()


def leaks() -> list[str]:
    """What this process can still do that a jailed one must not. Empty inside a good jail."""
    found = []
    for name, attempt in _FORBIDDEN.items():
        try:
            attempt()
        except OSError as fault:
            if fault.errno in (errno.EPERM, errno.EACCES):
                continue
        found.append(name)
    return found


def _open_file() -> None:
    os.close(os.open("/etc/passwd", os.O_RDONLY))


def _make_socket() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()


def _execute() -> None:
    # A path that is no program: execve must be refused before anybody looks at the path.
    os.execv("/dev/null", ["/dev/null"])  # noqa: S606 - must fail


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _kill() -> None:
    os.kill(os.getppid(), 0)


def _trace() -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


_FORBIDDEN = {
    "open a file": _open_file,
    "open a socket": _make_socket,
    "run a program": _execute,
    "start a process": _fork,
    "signal a process": _kill,
    "trace a process": _trace,
}


def _filter() -> None:
    if pyseccomp is None:
        raise JailFault(_why_not)
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
        for name in ALLOWED:
            with contextlib.suppress(OSError, ValueError, RuntimeError):  # not on this processor
                rules.add_rule(pyseccomp.ALLOW, name)
        rules.load()
    except (OSError, RuntimeError) as fault:
        raise JailFault(f"no seccomp filter: {fault}") from fault


def _prctl(option: int, value: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(option, value, 0, 0, 0) != 0:
        raise JailFault(f"prctl {option}: {os.strerror(ctypes.get_errno())}")
