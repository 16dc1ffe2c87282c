"""What all keys share: one installation's prefix."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefixed:
    """Key names under one installation's prefix."""

    prefix: str


def pattern(beginning: str) -> str:
    """The glob pattern of the keys that begin so: whatever a prefix or an id holds stands for itself."""
    return re.sub(r"[\\*?\[\]]", r"\\\g<0>", beginning) + "*"
