"""What is costly to make and the same for all is made once in a run, and copied by each who asks.

The processes of a run share a folder, which the first of them makes and takes away. Whoever asks
for what is not there yet makes it, and the others wait meanwhile.
"""

import atexit
import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

SHARED = "LYKTA_TESTS_SHARED"


def share() -> Path:
    """Return the folder that this process and those that it starts share."""
    if SHARED not in os.environ:
        made = mkdtemp(prefix="lykta-shared-")
        os.environ[SHARED] = made
        atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(os.environ[SHARED])


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of that name, which is not to be changed; `make` fills it if need be."""
    folder = share() / name
    with (share() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = share() / f"{name}.half"  # a make that failed leaves nothing to be copied
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder
