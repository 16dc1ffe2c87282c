"""Children that do not outlive their parent (Linux: PR_SET_PDEATHSIG)."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int, by: signal.Signals) -> None:
    """Have the kernel send this process the signal when `parent`, which must be its parent, ends.

    Called in the child; the setting survives an exec. If the parent has ended already, so does this process.
    """
    if _libc.prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
