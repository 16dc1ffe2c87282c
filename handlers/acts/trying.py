"""An act is tried again where what it rests on moved between reading and writing."""

from collections.abc import Callable
from typing import TypeVar

from handlers.messages import UserError
from storage.ledger import Changed, NotAllowed

TRIES = 3
Result = TypeVar("Result")


def tried(act: Callable[[], Result], otherwise: str) -> Result:
    """The result of an act that reads anew each time, so that it is known who was first.

    Raises `UserError` with `otherwise` where it moved each time, or her authority ended meanwhile.
    """
    for _ in range(TRIES):
        try:
            return act()
        except Changed:
            continue
        except NotAllowed:
            break
    raise UserError(otherwise)
