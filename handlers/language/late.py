"""Expressions that are compiled when they are first used.

Compiling every one there is takes a tenth of a web process's start, and most questions and wishes come later or never.
"""

import re
from functools import cached_property
from typing import cast


class _Late:
    """Stands for a pattern: what is asked of it is asked of the compiled one, and kept."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> object:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use; `re.error` comes then."""
    return cast("re.Pattern[str]", _Late(source, flags))
