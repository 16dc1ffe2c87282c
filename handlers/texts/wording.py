"""Pieces of any sentence: a stranger's words made safe, numbered lines, what fits, the question for a yes."""

from collections.abc import Sequence
from itertools import accumulate

from handlers.language.text import clean

PRACTICE = "【演练】"
"""Begins whatever a practice drive says."""
CONFIRM = "回复“确认”，或“算了”"
REPLY_BYTES = 1900
"""Room for several things in one reply of 2048 bytes."""
SHORT_BYTES = 1500
"""Room for a list in a reply of 2048 bytes, with what stands around it."""
LINE_BYTES = 1200
"""Room for names in a line, with what stands around it."""
NUMBERING_BYTES = 6


def marked(text: str) -> str:
    """What a practice drive says: marked, once; silence stays silent."""
    return text if not text or text.startswith(PRACTICE) else f"{PRACTICE}{text}"


def echo(text: str, limit: int = 60) -> str:
    """A stranger's words, safe to repeat: no markup, and never the word that marks a question for a yes."""
    return clean(text, limit).replace("确认", "…")


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))


def in_turn(sentences: Sequence[str], before: int) -> str:
    """One of several sentences of one meaning; `before`: how many replies running answered nothing. Never one twice."""
    return sentences[before % len(sentences)]


def listed(names: Sequence[str], between: str = "、") -> str:
    """The names in one line; of more than a reply has room for the first, and how many there are."""
    shown = within(names, LINE_BYTES)
    return between.join(shown) + (f"等，共{len(names)}个" if len(shown) < len(names) else "")


def within(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that fit into so many bytes."""
    sizes = accumulate(len(line.encode()) + NUMBERING_BYTES for line in lines)
    return [line for line, size in zip(lines, sizes, strict=True) if size <= room]
