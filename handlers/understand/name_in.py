"""A unit's name without the words around it: `兹有…申请组队`, `为响应号召…`, `…局全体职工`, `咱村是…`."""

from collections.abc import Sequence

from handlers.understand.pieces import Piece, announces, is_any, text_of
from handlers.understand.tokens import Token
from storage.campaign_schema import Campaign

LEAST = 2
"""Characters of a name."""
_PLANS = ("behind", "also", "command")


def name_in(campaign: Campaign, piece: Piece) -> str:
    """The name in a piece: its text without what leads into it, and without what its people are, want or do."""
    tokens = _without_wishes(_without_leads(piece.tokens))
    return text_of(_from_its_place(campaign, tokens))


def _without_leads(tokens: Sequence[Token]) -> Sequence[Token]:
    """`咱村是…`, `她单位的全称叫…`: who speaks and of what kind her unit is; `我们`, `兹有`."""
    start = _spoken(tokens)
    start = start if _is_long(tokens[start:]) else 0
    while tokens[start : start + 1] and is_any(tokens[start], "ahead", "command") and _is_long(tokens[start + 1 :]):
        start += 1
    return tokens[start:]


def _spoken(tokens: Sequence[Token]) -> int:
    """How many tokens at the head only say who speaks; 0 where they are no such sentence."""
    at = next((n for n, token in enumerate(tokens) if not token.has("stumbles")), len(tokens))
    if not (tokens[at:] and tokens[at].has("speaker")):
        return 0
    at += 1
    at += bool(tokens[at:]) and tokens[at].has("generic")
    return at + 1 if tokens[at:] and is_any(tokens[at], "is called", "ahead") else 0


def _is_long(tokens: Sequence[Token]) -> bool:
    return len(text_of(tokens)) >= LEAST


def _without_wishes(tokens: Sequence[Token]) -> Sequence[Token]:
    """`…中学也想报名`, `…局申请组队`, `…小学组队的申请`, `…医院的`."""
    joins = next((n for n, token in enumerate(tokens) if n and token.has("takes part") and n + 1 < len(tokens)), 0)
    end = joins or len(tokens)
    while end and (shorter := _without_one(tokens, end)) < end:
        end = shorter
    return tokens[:end]


def _without_one(tokens: Sequence[Token], end: int) -> int:
    """Where the tokens end without the last thing that is said behind a name."""
    last = tokens[end - 1]
    told = last.has("is") and end > 1 and announces(tokens[end - 2])
    if told or is_any(last, "trail", "particle", "acts", *_PLANS) or announces(last):
        return end - 1
    bare = end
    while bare and tokens[bare - 1].has("behind after"):
        bare -= 1
    return bare - 1 if 0 < bare < end and is_any(tokens[bare - 1], *_PLANS) else end


def _from_its_place(campaign: Campaign, tokens: Sequence[Token]) -> Sequence[Token]:
    """A name from the place on that it begins with, where what is ahead of that leads into it: `应上级号召鲁甸县…`."""
    place = next((n for n, t in enumerate(tokens) if n and t.name in ("region", "area") and len(t.text) > LEAST), 0)
    leads = any(token.has("before a place") for token in tokens[:place])
    first = place and tokens[0].has("first before a place")
    return tokens[place:] if leads or first or (place and tokens[place - 1].has("last before a place")) else tokens
