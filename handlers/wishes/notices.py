"""A coordinator's notice: to whom it goes, and its words. `通知 永善县 明早10点开始配捐`, `通知 全部 …`."""

import re
from dataclasses import dataclass

from handlers.language.names import find_region
from handlers.language.wordlists import forms
from handlers.wishes.slots import code_called
from storage.campaign_document import Region
from storage.campaign_schema import Campaign

ALL_OF_HERS = frozenset(forms("{全部|所有|全体}{|队伍|队长}")) | {"大家", "各队", "各位队长", "全辖区"}
"""What stands before the words for everywhere she may speak to."""
_BETWEEN = re.compile("[ ,:;]")


@dataclass(frozen=True, slots=True)
class SaidNotice:
    """`region` is None for everywhere she may speak to. `code`: of the one team that stands ahead of the words, ''."""

    region: Region | None
    words: str
    code: str = ""


def said_notice(campaign: Campaign, text: str) -> SaidNotice:
    """What stands alone before the words says to whom; a place among them is hers to speak of."""
    head, _, words = text.partition(" ")
    said = words.strip()
    if said and head.strip(",:;") in ALL_OF_HERS:
        return SaidNotice(None, said)
    region, rest = find_region(campaign, head)
    if region and not rest:
        return SaidNotice(region, said)
    return SaidNotice(None, text, code_called(_BETWEEN.split(text)[0]))
