"""Where a machine's web processes count together (`bot/metrics.py`): named before prometheus-client is imported, which
reads the name only then."""

import os
import shutil
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The name by which prometheus-client knows it."""


def begin(data_dir: Path, port: int) -> None:
    """Before web processes start: an empty folder in which they count together."""
    folder = data_dir / "metrics" / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ[FOLDER] = str(folder.resolve())
