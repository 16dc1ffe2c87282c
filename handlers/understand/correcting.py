"""A correction as people say it: `不是3200是3400`, `我报成了医院的，是一中的`, `那是累计不是新增`, `撤回`, `恢复`.

The words of correcting give a line its sides (`mending`); the figures of each are claims as those of a report are, so
that the figure taken back is never booked.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from handlers.understand.attributes import codes_of, kind_of
from handlers.understand.claim import Claim, Claims, ruled
from handlers.understand.claims import claims_of, code_in, codes_in
from handlers.understand.ear import Ear
from handlers.understand.mended import Correction, Figures, Mended, Named, Restoration, Retraction, Slip, Unclear
from handlers.understand.mending import SLIPS, Mending, Part, comes_to, mending_of
from handlers.understand.moments import when_said
from handlers.understand.normal import line_of
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.verdicts import Doubt
from storage.models.teams import Channel

_BREAK = Token("break", 0, 0, ",")
_KINDS: dict[str, Named] = {"total": "total", "day": "day", "increment": "increment", "day or total": "total"}
_NAMES = ("own", "unit", "name", "unknown")


def read_correction(text: str, ear: Ear) -> Mended | None:
    """What one message puts right, takes back or puts back; None where nothing in it says so. Pure."""
    return corrected(mending_of(text, ear), ear)


def corrected(mending: Mending, ear: Ear) -> Mended | None:
    """The same of a line whose sides are known."""
    what, tokens = mending.what, mending.tokens
    typed, code, codes = mending.line.typed.strip(), code_in(tokens), _teams_named(tokens, ear)
    if what == "restored":
        return Restoration(_figures(mending.figures(), mending, ear), codes)
    if what == "which":
        return Unclear("which", typed)
    if what == "taken back":
        said = mending.beside("back")
        old = replace(_figures(mending.figures(), mending, ear), channel=channel_named(tokens))
        why = "twice" in mending.facts and not any(token.has("turn", "withdrawn") for token in tokens)
        return Retraction(
            old, codes, _others(said), "deed" in mending.facts, coded=code is not None, rest=_rest(said), why=why
        )
    if what != "put right":
        return None
    if len(codes_in(tokens)) > 1 and len(mending.figures()) > 1:
        return Unclear("several teams", typed)
    said = mending.around("wrong", "kept")
    begun = Correction(
        old=_figures(mending.figures("wrong"), mending, ear),
        codes=codes,
        others=_others(said),
        slip=cast(Slip, next((slip for slip in SLIPS if slip in mending.facts), "")),
        coded=code is not None,
        rest=_rest(said),
        earlier=_is_earlier(mending, ear),
    )
    return _put_right(mending, ear, begun)


def read_total(text: str, ear: Ear, of: Literal["money", "gifts"] = "money") -> Figures | Unclear | None:
    """The total in an answer to the question for it, a bare number as what was asked for; None for no figure."""
    mending = mending_of(text, ear)
    claims = _claims(mending.figures("right") or mending.figures(), mending, ear)
    told = _sum(claims)
    if told and told.amount_fen and of == "gifts" and len(claims) == 1 and claims[0].measured:
        told = replace(told, amount_fen=None, donations=told.amount_fen // 100) if told.donations is None else told
    return (_unclear(claims) or told or Unclear("several", mending.line.typed.strip())) if claims else None


def _put_right(mending: Mending, ear: Ear, begun: Correction) -> Mended:
    """What is right instead, or by how much what was told was wrong."""
    step, right = mending.figures("step"), mending.figures("right")
    claims = _claims(right or step, mending, ear)
    words = "，".join(mending.line.quote(part.tokens[0].start, part.tokens[-1].end) for part in right)
    told, old = _sum(claims), begun.old
    if right and not claims and any(token.has("channel", "matched") for part in right for token in part.tokens):
        return Unclear("only matched", words)
    if (right and not claims) or not (right or step):
        return _elsewhere(mending, ear, begun)
    if not right and (told is None or not _sign(mending) or not (told.amount_fen or told.donations)):
        return begun
    if broken := _unclear(claims):
        return broken
    if told is None:
        return Unclear("several", words)
    if not right:
        told = replace(told, channel=told.channel or channel_named(mending.tokens))
        return replace(begun, right=told, step=_sign(mending), doubts=_doubts(claims))
    of_the_count = told.donations is None and old.donations is not None and old.amount_fen is None
    if of_the_count and all(claim.measured for claim in claims):
        told = replace(told, amount_fen=None, donations=(told.amount_fen or 0) // 100)
    if told.amount_fen is None and old.amount_fen is not None and old.donations is None:
        old = Figures(None, old.amount_fen // 100, old.kind)
    if told.kind == "bare" and old == Figures() and any(act.word.has("mend", "deed") for act in mending.acts):
        told = replace(told, kind="total")
    unsure = () if comes_to("sure", mending.facts) else (Doubt("unsure", ""),)
    return replace(begun, right=told, old=old, doubts=_doubts(claims) + unsure)


def _sign(mending: Mending) -> Literal[-1, 0, 1]:
    """Whether a difference was too much (-1) or left out (1)."""
    kinds = {act.kind for act in mending.acts}
    return -1 if "more" in kinds else 1 if "less" in kinds else 0


def _elsewhere(mending: Mending, ear: Ear, begun: Correction) -> Correction:
    """The figure was right, but its kind, its channel or its team was not; or only that something was wrong is said."""
    said, facts = mending.words("right"), mending.facts
    kind = _KINDS.get(kind_of([token for token in said if not token.has("when")]) or "")
    channel = channel_named(said)
    if (kind or channel) and facts.isdisjoint(("more", "less", "slip")):
        old = begun.old if begun.old != Figures() else _figures(mending.figures(), mending, ear)
        return replace(begun, old=old, kind=kind, channel=None if kind else channel)
    right, wrong = _name(said), _name(mending.words("wrong"))
    hers = {"is", "wrong"} <= facts and any(token.kind in ("own", "unit", "name") for token in said)
    if right and (wrong or hers or not facts.isdisjoint(("not", "put"))):
        return replace(begun, wrong_name=wrong, right_name=right)
    return replace(begun, counts=any(token.has("label", "gifts") for token in mending.around()))


def grown(mending: Mending, ear: Ear) -> Claims:
    """The report in `累计：15,200→16,360`: what stood ahead of the arrow is left out of it."""
    left = [token for part in mending.figures("wrong") for token in part.tokens if token.figure]
    arrows = [act.word for act in mending.acts if act.value == "arrow"]
    return _read([token for token in mending.tokens if token not in (*left, *arrows)], mending, ear)


def _read(tokens: Sequence[Token], mending: Mending, ear: Ear) -> Claims:
    """Some tokens of a line as a report is read: the rest of it is blank to them."""
    told = {place for token in tokens for place in range(token.start, token.end)}
    text = "".join(char if place in told else " " for place, char in enumerate(mending.line.text))
    return claims_of(replace(mending.line, text=text), tokens, ear)


def _claims(side: Sequence[Part], mending: Mending, ear: Ear) -> list[Claim]:
    """The claims of one side, matched money left aside."""
    tokens = [token for part in side for token in (*part.heads, *part.tokens, _BREAK)]
    return [claim for claim in _read(tokens, mending, ear).claims if claim.channel != "matched"]


def _figures(side: Sequence[Part], mending: Mending, ear: Ear) -> Figures:
    """The figures of a side that is only compared; none where they cannot be read or are several."""
    return _sum([claim for claim in _claims(side, mending, ear) if not claim.doubt]) or Figures()


def _sum(claims: Sequence[Claim]) -> Figures | None:
    """The one amount and the one count of a side; None where there are several of either."""
    amounts = {claim.amount_fen for claim in claims if claim.amount_fen is not None}
    gifts = {claim.gifts for claim in claims if claim.gifts is not None}
    if len(amounts) > 1 or len(gifts) > 1 or not (amounts or gifts):
        return None
    kinds = [_KINDS.get(c.kind.partition(" ")[0], "total") for c in claims if c.kind not in ("bare", "soft")]
    channels = {claim.booked_on for claim in claims if claim.channel_named}
    channel: Channel | None = "offline" if "offline" in channels else "online" if channels else None
    return Figures(next(iter(amounts), None), next(iter(gifts), None), kinds[0] if kinds else "bare", channel)


def _unclear(claims: Sequence[Claim]) -> Unclear | None:
    broken = next((claim for claim in claims if claim.doubt or claim.mood == "rough"), None)
    return Unclear(broken.doubt or "vague", "".join(broken.said[:1])) if broken else None


def _doubts(claims: Sequence[Claim]) -> tuple[Doubt, ...]:
    """What of the right figures must be asked: what the policy does not book, and words that nobody knows."""
    found: list[Doubt] = []
    for claim in claims:
        row = ruled(claim)
        if row.outcome not in ("book", "midnight") and claim.when not in ("yesterday", "midnight", "day"):
            found.append(Doubt(row.reason, "".join(claim.said[:1])))
        found += [Doubt("strange", word) for word in claim.strange]
    return tuple(dict.fromkeys(found))


def teams_named(text: str, ear: Ear) -> tuple[str, ...]:
    """The code that a message names a team by, else the codes of her own teams that it names."""
    return _teams_named(tokens_of(line_of(text), ear), ear)


def _teams_named(tokens: Sequence[Token], ear: Ear) -> tuple[str, ...]:
    code = code_in(tokens)
    return (code,) if code else codes_of(tokens, ear)


def _rest(said: Sequence[Token]) -> str:
    """What is said besides figures and words of correcting."""
    return "".join(token.text for token in said if not token.figure)


def _others(said: Sequence[Token]) -> tuple[str, ...]:
    """Units named that are none of hers, and words for another's figures."""
    return tuple(token.text for token in said if token.kind == "unit" or token.has("whose", "other", "larger"))


def _is_earlier(mending: Mending, ear: Ear) -> bool:
    """Whether a report of another day is meant."""
    kept = [token for part in mending.parts if part.side == "kept" for token in part.tokens]
    timed = [token for token in mending.tokens if token not in kept and not token.has("kind", "day")]
    said = when_said(timed, ear.now)
    return said is not None and said.when in ("yesterday", "midnight", "day")


def channel_named(tokens: Sequence[Token]) -> Channel | None:
    """The one channel that the words name."""
    channels: tuple[Channel, ...] = ("online", "offline")
    named = [channel for channel in channels if any(token.has("channel", channel) for token in tokens)]
    return named[0] if len(named) == 1 else None


def _name(tokens: Sequence[Token]) -> str:
    """A unit or a project as typed, without particles at its ends; '' where the words name nothing."""
    told = [place for place, token in enumerate(tokens) if not _is_filler(token)]
    kept = tokens[told[0] : told[-1] + 1] if told else []
    name = "".join(token.text for token in kept)
    named = any(token.kind in _NAMES or token.has("ending") or token.has("say", "addressee") for token in kept)
    return name if named and 2 <= len(name) <= 30 and not any(token.figure for token in kept) else ""


def _is_filler(token: Token) -> bool:
    if token.kind in ("gap", "break", "stop", "open", "close"):
        return True
    filler = token.has("say", "particle", "neutral") or token.has("whose", "own")
    return token.kind == "word" and filler and not token.has("ending")
