"""Whether a report says that its figure was made to look so: gifts that are paid back, split or clicked together.

Such a figure is refused with the campaign's rule, and the coordinators are told. What the campaign bought and has to
account for, or a gift given by mistake, is none of it.
"""

import re

from handlers.language.wordlists import words

_MADE, _PAID_BACK, _HONEST = (
    re.compile("|".join(words("understand/farming", kind))) for kind in ("made", "paid back", "honest")
)


def tells_of_farming(text: str) -> bool:
    """Of a normalised report."""
    return bool(_MADE.search(text) or (_PAID_BACK.search(text) and not _HONEST.search(text)))
