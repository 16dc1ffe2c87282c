"""A team's code where nothing else is said: `#0012`, `0012`, and `1234` from whoever leads no team."""

import re

_PRINTED = re.compile(r"(?:# ?|(?=0))(\d{1,9})")
_BARE = re.compile(r"\d{4,6}")


def code_alone(text: str, leads: bool) -> str:
    """The code that a normalised message is, '' where it is none.

    `leads`: she leads a team, so that a bare figure of four digits or more is what came in.
    """
    printed = _PRINTED.fullmatch(text)
    if printed and (text[0] == "#" or len(printed[1]) >= 4):
        return printed[1].zfill(4)
    return text if not leads and _BARE.fullmatch(text) else ""
