"""The status file: what the supervisor tells of its children, for `/readyz` and `yidui check`."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path


def file_of(data_dir: Path) -> Path:
    return data_dir / "status.json"


def story(children: Iterable[Mapping[str, object]]) -> str:
    """The content of the file: this supervisor's process, and its children."""
    return json.dumps({"supervisor": os.getpid(), "children": list(children)})


def tell(status: Path, content: str) -> None:
    """Write it, whole or not at all."""
    draft = status.with_suffix(".new")
    draft.write_text(content)
    draft.replace(status)


def says(status: Path, content: str) -> bool:
    """Whether the file still has this content."""
    try:
        return status.read_bytes() == content.encode()
    except OSError:
        return False


def children_down(data_dir: Path) -> list[str]:
    """The children of this folder's supervisor that do not run; empty if nobody supervises."""
    status = file_of(data_dir)
    try:
        told = json.loads(status.read_bytes())
        supervisor, children = int(told["supervisor"]), [(child["name"], child["state"]) for child in told["children"]]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError):
        return [f"{status} is damaged: a `yidui serve` that runs writes it anew within a minute, else delete it"]
    if not _runs(supervisor):
        return []
    return [f"{name} is {state}" for name, state in children if state != "running"]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's, and there
        return True
    return True
