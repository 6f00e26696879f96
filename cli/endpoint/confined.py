"""Starts a program that can reach nothing: `python confined.py MEMORY PROGRAM ARGUMENT…`.

A second wall behind the judging of queries, for what Linux offers: the program cannot open a TCP connection (Landlock,
Linux 6.7 or newer), has at most MEMORY bytes of address space (0: any), and ends when whoever started it ends. Run as a
file, so that it imports nothing of ours.
"""

import ctypes
import os
import resource
import struct
import sys

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, SIGKILL = 1, 38, 9
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446  # the same on every architecture
ACCESS_NET_CONNECT_TCP = 2


def end_with_parent(libc: ctypes.CDLL) -> None:
    libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() == 1:  # it ended before this was said
        sys.exit(1)


def forbid_connections(libc: ctypes.CDLL) -> bool:
    """Whether the kernel now refuses every connection that this process, and what it becomes, tries to open."""
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    handled = struct.pack("QQ", 0, ACCESS_NET_CONNECT_TCP)
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.c_char_p(handled), ctypes.c_size_t(len(handled)), 0)
    if rules < 0:  # an older kernel, or one without Landlock
        return False
    refused = libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
    os.close(rules)
    return bool(refused == 0)


def main(memory: str, *command: str) -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        end_with_parent(libc)
        forbid_connections(libc)
        if int(memory):
            resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
