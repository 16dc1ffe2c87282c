"""What `yidui check` says: one finding a line, each bad one with its mend."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.channels import SendError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. A bad one says in the same line how to mend it."""

    good: bool
    text: str


def refused(part: str, error: "SendError") -> Finding:
    """WeChat's objection, with its code, in its words, and what to do."""
    code = f"{error.code} " if error.code else ""
    return Finding(False, f"{part}: {code}{error}; {error.mend or 'try again'}")


def damaged(error: Exception) -> str:
    """What a stored value that cannot be read means to the operator."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a stored value is damaged ({what}): put back a backup (docs/deploy.md)"
