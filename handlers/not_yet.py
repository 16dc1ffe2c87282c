"""Words of the field that cannot be acted upon here yet: each says so, and what helps instead.

They have no summary, so that help names only what works. A word leaves the table when its feature is built.
"""

import re
from functools import partial

from handlers import texts
from handlers.messages import Context, Reply
from handlers.router import Router

router = Router()
_NUMBERED = re.compile(r"[#第]? ?\d")


def _starts_with_number(text: str) -> bool:
    return _NUMBERED.match(text) is not None


def _say_so(word: str, ctx: Context) -> Reply:
    return Reply(texts.not_yet.not_yet(word, ctx.campaign))


for _words in texts.not_yet.NOT_YET:
    for _word in _words.split():
        router.command(_word, aside=True, accepts=_starts_with_number)(partial(_say_so, _word))
