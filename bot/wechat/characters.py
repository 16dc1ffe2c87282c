"""Which characters can travel in XML and UTF-8."""

import re

_UNCARRIABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def carriable(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters.

    One of them in a reply makes WeChat show its fault banner; one in a push would cost the whole message.
    """
    return _UNCARRIABLE.sub("", text)
