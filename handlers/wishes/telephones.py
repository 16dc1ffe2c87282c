"""A telephone in a message, and whether it is the sender's own: `我换号了，现在是139…`."""

from handlers.language.late import pattern
from handlers.language.telephones import take_telephone
from handlers.language.text import normalise

_OF_HERS = pattern(r"电话|手机|号码|[换改]号|新号|联系方式")
_OF_ANOTHER = pattern(r"[他她您你]们?的|谁|红会|客服|(?:主任|老师|科长|[校局院]长|联系人|领导)的?(?:电话|手机|号码)")


def gives_telephone(text: str) -> bool:
    """Whether a text holds a telephone number."""
    return take_telephone(normalise(text))[0] != ""


def tells_her_own(text: str) -> bool:
    """Whether a text gives a number, and nobody else's."""
    return gives_telephone(text) and bool(_OF_HERS.search(text)) and not _OF_ANOTHER.search(text)
