"""A correction as people say it: `不是3200是3400`, `我报成了医院的，是一中的`, `那是累计不是新增`, `撤回`, `恢复`.

The words of `data/mending.tsv` part a line into what was wrong and what is right before either is read, so that the
figure taken back is never booked. Each side is then read as a report is (`claims`).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from handlers.understand.attributes import codes_of, kind_of
from handlers.understand.claim import Claim
from handlers.understand.claims import claims_of, code_in
from handlers.understand.ear import Ear
from handlers.understand.mended import (
    Correction,
    Figures,
    Kind,
    Mended,
    Named,
    Restoration,
    Retraction,
    Slip,
    Unclear,
)
from handlers.understand.mending import Mending, mending_of
from handlers.understand.moments import when_said
from handlers.understand.normal import line_of
from handlers.understand.policy import ruled
from handlers.understand.tokens import Token, tokens_of
from handlers.understand.verdicts import Doubt
from storage.models.teams import Channel

_NO_THOUSANDS = re.compile(r"，(?=\d)(?!\d{3}(?!\d))")
"""A wide comma that parts no thousands: `多算了80，7720才是对的`."""
SLIPS: tuple[Slip, ...] = ("nought more", "nought less", "swapped")


def read_correction(text: str, ear: Ear) -> Mended | None:
    """What one message puts right, takes back or puts back; None where nothing in it says so. Pure."""
    line = line_of(_NO_THOUSANDS.sub(";", text))
    tokens = tokens_of(line, ear)
    mended = mending_of(line.text, tokens)
    codes, coded = _teams_named(tokens, ear), code_in(tokens) is not None
    acts = mended.acts
    if acts & {"keep", "asks"} and not mended.right:
        return None
    if "restore" in acts and not mended.right:
        return Restoration(_figures(mended.all_values, ear), codes)
    slip: Slip = next((slip for slip in SLIPS if slip in acts), "")
    if "back" in acts and not mended.right and not mended.step and not (slip or mended.takes_a_part):
        if "several" in acts and "twice" not in acts:
            return Unclear("which", line.typed.strip())
        taken = tuple(token.text for token in _others(tokens, mended) if mended.takes(token))
        named = replace(_figures(mended.all_values, ear), channel=channel_named(tokens))
        rest = _rest([token for token in tokens if mended.takes(token)], mended)
        why = "twice" in acts and not any(token.has("turn", "withdrawn") for token in tokens)
        return Retraction(named, codes, taken, correction="deed" in acts, coded=coded, rest=rest, why=why)
    if not mended.says_so:
        return None
    others = tuple(token.text for token in _others(tokens, mended))
    return _correction(
        mended, tokens, ear, Correction(codes=codes, others=others, slip=slip, coded=coded, rest=_rest(tokens, mended))
    )


def read_total(text: str, ear: Ear) -> Figures | Unclear | None:
    """The total in an answer to the question for it; None where it holds no figure."""
    line = line_of(text)
    mended = mending_of(line.text, tokens_of(line, ear))
    claims = _claims(mended.right or mended.all_values, ear)
    if not claims:
        return None
    words = line.typed.strip()
    return _unclear(claims) or _sum(claims) or Unclear("several", words)


def _correction(mended: Mending, tokens: Sequence[Token], ear: Ear, begun: Correction) -> Mended:
    old = _figures(mended.wrong, ear)
    begun = replace(begun, old=old, earlier=_is_earlier(tokens, mended, ear))
    if not mended.right and mended.step:
        claims = _claims(mended.step, ear)
        step = _sum(claims)
        if step is None or not (step.amount_fen or step.donations):
            return begun
        return _unclear(claims) or replace(begun, right=step, step=mended.sign, doubts=_doubts(claims))
    claims = _claims(mended.right, ear)
    if not claims and mended.right and ("channel", "matched") in _senses(mended.right, ear):
        return Unclear("only matched", "，".join(mended.right))
    if not claims:
        return _elsewhere(mended, ear, begun)
    if broken := _unclear(claims):
        return broken
    right = _sum(claims)
    if right is None:
        return Unclear("several", "，".join(mended.right))
    if right.amount_fen is None and old.amount_fen is not None and old.donations is None:
        old = Figures(None, old.amount_fen // 100, old.kind)
    doubts = _doubts(claims) + (() if mended.is_sure else (Doubt("unsure", ""),))
    return replace(begun, right=right, old=old, doubts=doubts)


def _elsewhere(mended: Mending, ear: Ear, begun: Correction) -> Correction:
    """The figure was right, but its kind, its channel or its team was not; or only that something was wrong is said."""
    said = tokens_of(line_of("，".join(mended.right_words)), ear)
    kind, channel = _kind_named(said), channel_named(said)
    if (kind or channel) and not mended.sign and not begun.slip:
        old = begun.old if begun.old != Figures() else _figures(mended.all_values, ear)
        return replace(begun, old=old, kind=kind, channel=None if kind else channel)
    right = _name(said)
    wrong = _name(tokens_of(line_of("，".join(mended.wrong_words)), ear))
    hers = any(token.kind in ("own", "unit", "name") for token in said) and {"is", "wrong"} <= mended.acts
    if right and (wrong or mended.contrasts or hers):
        return replace(begun, wrong_name=wrong, right_name=right)
    of_gifts = any(token.has("label", "gifts") for token in tokens_of(line_of(mended.lead), ear))
    return replace(begun, counts=of_gifts)


def _claims(parts: Collection[str], ear: Ear) -> list[Claim]:
    """The claims of one side, matched money left aside."""
    if not parts:
        return []
    line = line_of("， ".join(parts))
    return [claim for claim in claims_of(line, tokens_of(line, ear), ear).claims if claim.channel != "matched"]


def _senses(parts: Collection[str], ear: Ear) -> frozenset[tuple[str, str]]:
    tokens = tokens_of(line_of("， ".join(parts)), ear)
    return frozenset((sense.kind, sense.value) for token in tokens for sense in token.senses)


def _figures(parts: Collection[str], ear: Ear) -> Figures:
    """The figures of a side that is only compared; none where they cannot be read or are several."""
    claims = [claim for claim in _claims(parts, ear) if not claim.doubt]
    return _sum(claims) or Figures()


def _sum(claims: Sequence[Claim]) -> Figures | None:
    """The one amount and the one count of a side; None where there are several of either."""
    amounts = {claim.amount_fen for claim in claims if claim.amount_fen is not None}
    gifts = {claim.gifts for claim in claims if claim.gifts is not None}
    if len(amounts) > 1 or len(gifts) > 1 or not (amounts or gifts):
        return None
    kinds = [claim.kind for claim in claims if claim.kind not in ("bare", "soft")]
    channels = {claim.channel for claim in claims if claim.channel_named}
    channel: Channel | None = "offline" if "offline" in channels else "online" if channels else None
    kind: Kind = "bare"
    if kinds:
        head = kinds[0].partition(" ")[0]
        kind = "day" if head == "day" else "increment" if head == "increment" else "total"
    return Figures(next(iter(amounts), None), next(iter(gifts), None), kind, channel)


def _unclear(claims: Sequence[Claim]) -> Unclear | None:
    for claim in claims:
        if claim.doubt or claim.mood == "rough":
            return Unclear(claim.doubt or "vague", claim.said[0] if claim.said else "")
    return None


def _doubts(claims: Sequence[Claim]) -> tuple[Doubt, ...]:
    """What of the right figures must be asked: what the policy does not book, and words that nobody knows."""
    found: list[Doubt] = []
    for claim in claims:
        row = ruled(claim)
        if row.outcome not in ("book", "midnight") and claim.when not in ("yesterday", "midnight", "day"):
            found.append(Doubt(row.reason, claim.said[0] if claim.said else ""))
        found += [Doubt("strange", word) for word in claim.strange]
    return tuple(dict.fromkeys(found))


def teams_named(text: str, ear: Ear) -> tuple[str, ...]:
    """The code that a message names a team by, else the codes of her own teams that it names."""
    return _teams_named(tokens_of(line_of(text), ear), ear)


def _teams_named(tokens: Sequence[Token], ear: Ear) -> tuple[str, ...]:
    code = code_in(tokens)
    return (code,) if code else codes_of(tokens, ear)


def _rest(tokens: Sequence[Token], mended: Mending) -> str:
    """What is said besides figures, words of correcting, and what was wrong or stays."""
    kept = (token for token in tokens if not (token.figure or mended.covers(token) or mended.sets_aside(token)))
    return "".join(token.text for token in kept)


def _others(tokens: Sequence[Token], mended: Mending) -> list[Token]:
    """Units named that are none of hers, and words for another's figures, but for those that she says were wrong."""
    named = [token for token in tokens if token.kind == "unit" or token.has("whose", "other", "larger")]
    return [token for token in named if not (mended.covers(token) or mended.sets_aside(token))]


def _is_earlier(tokens: Sequence[Token], mended: Mending, ear: Ear) -> bool:
    """Whether a report of another day is meant."""
    timed = [token for token in tokens if token.figure or token.has("when")]
    told = [
        token for token in timed if not (mended.covers(token) or mended.unchanged(token) or token.has("kind", "day"))
    ]
    said = when_said(told, ear.now)
    return said is not None and said.when in ("yesterday", "midnight", "day")


def _kind_named(tokens: Sequence[Token]) -> Named | None:
    kind = kind_of([token for token in tokens if not token.has("when")])
    if kind == "increment" or kind == "day":
        return kind
    return "total" if kind in ("total", "day or total") else None


def channel_named(tokens: Sequence[Token]) -> Channel | None:
    """The one channel that the words name."""
    named: list[Channel] = []
    if any(token.has("channel", "online") for token in tokens):
        named.append("online")
    if any(token.has("channel", "offline") for token in tokens):
        named.append("offline")
    return named[0] if len(named) == 1 else None


def _name(tokens: Sequence[Token]) -> str:
    """A unit or a project as typed, without particles at its ends; '' where the words name nothing."""
    kept = list(tokens)
    while kept and _is_filler(kept[-1]):
        kept.pop()
    while kept and _is_filler(kept[0]):
        kept.pop(0)
    name = "".join(token.text for token in kept)
    named = any(
        token.kind in ("own", "unit", "name", "unknown") or token.has("ending") or token.has("say", "addressee")
        for token in kept
    )
    return name if named and 2 <= len(name) <= 30 and not any(token.kind == "figure" for token in kept) else ""


def _is_filler(token: Token) -> bool:
    if token.kind in ("gap", "break", "stop", "open", "close"):
        return True
    filler = token.has("say", "particle", "neutral") or token.has("whose", "own")
    return token.kind == "word" and filler and not token.has("ending")
