"""A team's code where nothing else is said: `#0012`, `0012`, and `1234` from whoever leads no team."""

import re

_PRINTED = re.compile(r"(?:# ?|(?=0))(\d{1,9})")
_MATTER = re.compile(r"[dD] ?\d{1,6}")
_NAMED = re.compile(r"# ?(\d{1,9})|(?<![\d.])(\d{4,9})(?![\d.]|元|块|人|笔)")
"""A team's code where no figures are expected."""
_BARE = re.compile(r"\d{4,6}")


def is_a_matter(text: str) -> bool:
    """Whether a normalised message is the number of something that waits for a decision: `D12`."""
    return _MATTER.fullmatch(text) is not None


def code_alone(text: str, leads: bool) -> str:
    """The code that a normalised message is, '' where it is none.

    `leads`: she leads a team, so that a bare figure of four digits or more is what came in.
    """
    printed = _PRINTED.fullmatch(text)
    if printed and (text[0] == "#" or len(printed[1]) >= 4):
        return printed[1].zfill(4)
    return text if not leads and _BARE.fullmatch(text) else ""


def names_a_code(text: str) -> bool:
    """Whether what stands behind a word is a team's code and nothing else."""
    return code_behind(text) != ""


def code_behind(text: str) -> str:
    """The code that stands behind a word, where no figures are expected; '' for anything else."""
    named = _NAMED.fullmatch(text)
    return (named[1] or named[2]).zfill(4) if named else ""


def without_codes(text: str) -> str:
    """The text with a blank for every such code."""
    return _NAMED.sub(" ", text)
