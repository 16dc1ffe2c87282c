"""What is to outlast a power failure."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file with what was written into it, or a folder with the names in it, is on the disk when this ends."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
