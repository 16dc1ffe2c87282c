"""Long answers in pages: each fits into one reply, and `更多` shows the next."""

from collections.abc import Sequence

from handlers.messages import Reply
from handlers.understand.answers import asks_for_more
from storage.models.people import Conversation

READING = "pages.reading"
"""A dialogue that waits for nothing but `更多`: anything else is answered as if it were not open."""
ROOM = 1500
"""Bytes for the lines of one page; what stands around them fits beside it."""


def paged(head: str, lines: Sequence[str], tail: str) -> list[str]:
    """The lines under a head, in pages; each ends with `tail`, and names 更多 while another follows."""
    sheets: list[list[str]] = [[]]
    room = ROOM - len(head.encode()) - len(tail.encode())
    for line in lines:
        size = len(line.encode()) + 1
        if size > room and sheets[-1]:
            sheets.append([])
            room = ROOM - len(tail.encode())
        sheets[-1].append(line)
        room -= size
    pages = []
    for i, sheet in enumerate(sheets):
        parts = [head] if i == 0 else []
        rest = sum(map(len, sheets[i + 1 :]))
        parts += sheet
        parts += [f"…还有{rest}条，发“更多”看后面的"] if rest else []
        pages.append("\n".join(part for part in [*parts, tail] if part))
    return pages


def opening(pages: Sequence[str]) -> Reply:
    """The first page; the others wait."""
    waiting = Conversation(state=READING, data={"pages": list(pages[1:])}) if pages[1:] else None
    return Reply(pages[0], conversation=waiting)


def turned(conversation: Conversation | None, text: str) -> Reply | None:
    """The next page if one waits and she asks for it."""
    if conversation is None or not asks_for_more(text) or not conversation.data.get("pages"):
        return None
    page, *rest = conversation.data["pages"]
    if not rest and conversation.state == READING:
        return Reply(page, conversation=conversation.below)
    return Reply(page, conversation=conversation.model_copy(update={"data": conversation.data | {"pages": rest}}))
