"""What interface.md promises about every sentence of the bot: checked over all that the people of a test saw."""

import re

BYTES = 2048
CONFIRM = "回复“确认”，或“算了”"
GOES_ON = "#接龙"
"""Begins a list to paste elsewhere, whose numbers go on from one message to the next."""
EXAMPLES = ("12345.67元", "12340元")
_DECIMAL = re.compile(r"[\d,]*\d\.\d+元")
_PRINTED = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{2}元")
_QUOTED = re.compile("“[^”]*”")
_CHOICE = re.compile(r"^(\d+)[.、．)] *", re.MULTILINE)
_LATIN = re.compile(r"[a-z]{3,}|None|\{|\}|<|\]\]>")
_ADDRESS = re.compile(r"https?://\S+")


def faults_of(reply: str) -> list[str]:
    """Every promise that one reply breaks, one line each."""
    return [
        *_length(reply),
        *_confirm(reply),
        *_amounts(reply),
        *_choices(reply),
        *_foreign(reply),
    ]


def _length(reply: str) -> list[str]:
    size = len(reply.encode())
    return [f"{size} bytes"] if size > BYTES else []


def _confirm(reply: str) -> list[str]:
    """A question that needs a yes ends with the formula, and 确认 stands nowhere else."""
    if "确认" not in reply:
        return []
    return [] if reply.endswith(CONFIRM) and reply.count("确认") == 1 else ["确认 stands elsewhere"]


def _amounts(reply: str) -> list[str]:
    own_words = _QUOTED.sub("", reply)
    printed = [found for found in _DECIMAL.findall(own_words) if found not in EXAMPLES]
    return [f"amount {found}" for found in printed if not _PRINTED.fullmatch(found)]


def _choices(reply: str) -> list[str]:
    """A numbered line reads `1. …`, and the numbers run from 1."""
    marks = list(_CHOICE.finditer(reply))
    faults = [f"choice {mark[0]!r}" for mark in marks if mark[0] != f"{mark[1]}. "]
    first = int(marks[0][1]) if marks and reply.startswith(GOES_ON) else 1
    if [int(mark[1]) for mark in marks] != list(range(first, first + len(marks))):
        faults.append("choices out of order")
    return faults


def _foreign(reply: str) -> list[str]:
    """No identifier, no markup, no value that was never filled in."""
    return [f"foreign {found!r}" for found in _LATIN.findall(_ADDRESS.sub("", reply))]
