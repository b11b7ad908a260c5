"""What a worker process gives up before it reads its first query: memory, the network, and life after its parent.

Each bound holds by itself on every system that has it; where one is missing (seccomp is Linux's own) the checks
of `guard` and the clock of the parent remain.
"""

from __future__ import annotations

import ctypes
import platform
import signal
import sys
from errno import EACCES

__all__ = ["confine", "deadline"]

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 1, 38, 22, 2
LOAD_WORD, IF_EQUAL, ANSWER = 0x20, 0x15, 0x06  # instructions of the classic packet filter
CALL_NUMBER, ARCHITECTURE = 0, 4  # where they stand in what the filter is shown
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | EACCES

# Name of the machine → how the kernel names it, and the numbers of socket(2) and connect(2) there.
MACHINES = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}


class Instruction(ctypes.Structure):
    """One step of a packet filter."""

    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class Program(ctypes.Structure):
    """A packet filter."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(Instruction)))


def confine(memory: int) -> None:
    """Bounds the memory of this process, closes the network to it, and ties its life to its parent's."""
    try:
        import resource
    except ImportError:  # not a Unix: the parent's clock still ends a query
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        close_network(system)


def close_network(system: ctypes.CDLL) -> bool:
    """Lets the kernel refuse sockets to this process; whether it agreed."""
    if platform.machine() not in MACHINES:
        return False
    architecture, socket, connect = MACHINES[platform.machine()]
    steps = [
        (LOAD_WORD, 0, 0, ARCHITECTURE),
        (IF_EQUAL, 0, 3, architecture),
        (LOAD_WORD, 0, 0, CALL_NUMBER),
        (IF_EQUAL, 2, 0, socket),
        (IF_EQUAL, 1, 0, connect),
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    ]
    program = Program(len(steps), (Instruction * len(steps))(*(Instruction(*step) for step in steps)))
    system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(system.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0)


def deadline(seconds: float) -> None:
    """Ends this process after so many seconds, even inside the engine; 0 lifts it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
