"""What a message claims: one claim for each figure or pair of figures.

Whose it is, of when, in which mood, in or out, of what: each attribute is read off the words that stand ahead of the
figure in its clause (and a stricter few behind it). A clause's subject and its time hold for the clauses behind it
until others are named (`held`); a turn (`以上是全县的`, `作废`) holds for the whole message, before it and behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from handlers.language.figures import Figure
from handlers.language.wordlists import any_of, words
from handlers.understand.attributes import (
    Direction,
    Kind,
    Whose,
    channel_of,
    codes_of,
    direction_of,
    is_handed_over,
    kind_of,
    named_of_hers,
    relation_of,
    strange_in,
    tells_that_it_came,
    what_of,
)
from handlers.understand.claim import Claim, Claims
from handlers.understand.clauses import Clause, Segment, clauses_of, gives, is_negative
from handlers.understand.ear import Ear
from handlers.understand.givers import tells_that_a_part_gave, tells_who_gave
from handlers.understand.held import Held, held_after, held_behind, held_by, offline_ahead
from handlers.understand.moments import When, when_said
from handlers.understand.moods import mood_said
from handlers.understand.normal import Line
from handlers.understand.pairing import given_to_the_last, is_count_of_the_last, is_of_the_unit, joined, told_once
from handlers.understand.tokens import Token
from handlers.understand.turns import is_chat, nothing_new, puzzle_in, text_of, turn_in

_BEGINS_MORE = re.compile(f"(?:{any_of(words('understand/turning', 'begins more'))})+")
"""Words behind which a part or a reservation is told (其中, 不过)."""
_POINTS = words("understand/turning", "hesitates")
TOTALS = ("total", "soft", "day or total")
CAME_IN = ("day", "increment", "day or increment", "day or total")
FEN = -2
"""Decimals beyond which a figure in yuan is malformed; in 万元 it may be exact (`1.265`)."""


def claims_of(line: Line, tokens: Sequence[Token], ear: Ear) -> Claims:
    """The claims of a message, in the order in which their figures stand."""
    clauses = clauses_of(tokens, line.text)
    held, claims, waiting, last = Held(), list[Claim](), list[tuple[int, Claim]](), None
    people: list[Claim] = []
    of_one_sort: list[Claim] = []
    turns: list[str] = []
    given, cash = "", False
    unknown: list[str] = []
    for clause in clauses:
        if claims and _tells_who_gave_it(clause, claims[-1]):
            continue
        turn = turn_in(clause, bool(claims), ear.now)
        if turn and not claims and tells_that_a_part_gave(clause):
            given, turn = turn, ""
        turns += [turn] if turn else []
        if not clause.segments:
            unknown += [puzzle] if not turn and (puzzle := puzzle_in(clause, bool(claims))) else []
            held, cash = held_after(clause, held, ear, line.text), offline_ahead(clause)
            claims[-1:] = [_as_told_behind(claim, clause, ear) for claim in claims[-1:]]
        for segment in clause.segments:
            if is_count_of_the_last(segment, claims, last, line.text):
                segment.role = "gifts"
            held = held_by(segment, held, ear, line.text)
            claim = _claim(segment, clause, held, ear, line)
            turns += [given] if given and claim.kind not in TOTALS else []
            if cash and not claim.channel_named and (claim.kind == "bare" or claim.summed):
                claim = replace(claim, channel="offline", channel_named=True, handed=True)
            given, cash = "", False
            if is_of_the_unit(segment, clause, line.text):
                people.append(replace(claim, what="people"))
            elif segment.role != "gifts":
                claims.append(claim)
            elif not given_to_the_last(claims, claim, segment, last, line.text, ear.now):
                waiting.append((len(claims), claim))
                of_one_sort += [claim] if _is_of_one_sort(segment) else []
            held, last = held_behind(clause, claim, held, segment), segment
    if not claims:
        waiting = [(place, count) for place, count in waiting if count not in of_one_sort]
        waiting += [(0, replace(claim, what="yuan")) for claim in people]
    claims = _with_what_it_is_apart_from(joined(told_once(claims), waiting), tokens)
    claims += people if claims else []
    claims = _with_one_gift(_given_to_hers(claims, tokens), tokens)
    if is_chat(tokens, line.text):
        turns.append("：")
    if unfinished := _breaks_off(clauses, line.text):
        unknown.append(unfinished)
    return Claims(
        line,
        ear.campaign,
        tuple(claims),
        tuple(turns),
        tuple(unknown),
        nothing=nothing_new(clauses),
        codes=codes_in(tokens),
        hers=named_of_hers(tokens, ear),
        tokens=tuple(tokens),
    )


def _tells_who_gave_it(clause: Clause, claim: Claim) -> bool:
    """Whether a clause says who gave what the figure ahead of it is of: what came in, or by `都是` all of it."""
    came_in = claim.kind == "increment" or claim.channel == "offline"
    return (came_in or text_of(clause).startswith(("都是", "全是"))) and tells_who_gave(clause)


def _is_of_one_sort(segment: Segment) -> bool:
    """Whether a count is of people of one sort (`6位老师捐了`), which without an amount is no report."""
    return segment.figure.is_figure("people")


def _given_to_hers(claims: list[Claim], tokens: Sequence[Token]) -> list[Claim]:
    """The claims; what came on top is hers where she says so, whoever gave it: `内科又捐了420元，加到我们队`."""
    if len(claims) != 1 or claims[0].kind != "increment" or claims[0].whose not in ("part", "other"):
        return claims
    said = any(token.has("into") for token in tokens)
    return [replace(claims[0], whose="own", said=())] if said else claims


def _breaks_off(clauses: Sequence[Clause], text: str) -> str:
    """The last words of a message that ends ahead of a figure (`…，金额是`), or trails off behind a bare one."""
    last = clauses[-1] if clauses else None
    if last is None:
        return ""
    if last.segments and last.segments[-1].role == "bare":
        return _trails_off(last.segments[-1], text)
    if _breaks_off_at_a_part(last):
        return text_of(last)
    awaits = not last.segments and last.tokens and last.tokens[-1].text in ("是", "为", "有", "共", "到")
    return text_of(last) if awaits and any(token.has("label") for token in last.tokens) else ""


def _trails_off(bare: Segment, text: str) -> str:
    """The words of a bare figure behind which more was to be said: `9300…`, `9300是那个`."""
    points = [token.text for token in bare.right if not token.has("what")][-1:]
    if points and points[0] in _POINTS and all(token.has("say", "particle") for token in bare.right):
        return bare.figure.text + points[0]
    return bare.figure.text if not bare.right and text[bare.figure.end :].startswith("…") else ""


def _breaks_off_at_a_part(last: Clause) -> bool:
    """Whether a message ends where more was to be told: `…，不过其中`, `…，其中线下`."""
    said = "".join(token.text for token in last.tokens if not token.has("channel"))
    return not last.segments and _BEGINS_MORE.fullmatch(said) is not None


def _with_what_it_is_apart_from(claims: list[Claim], tokens: Sequence[Token]) -> list[Claim]:
    """The claims; a word that sets the only amount apart from another (`9500元不算`, `另有9500元`) is strange."""
    told = [claim for claim in claims if claim.amount_fen is not None]
    if len(told) != 1 or told[0].relation != "apart" or told[0].kind not in ("bare", "soft", "total"):
        return claims
    word = next((token.text for token in tokens if token.has("relation", "apart")), "")
    if not word or told[0].channel_named:
        return claims
    return [replace(claim, strange=(*claim.strange, word)) if claim is told[0] else claim for claim in claims]


def _claim(segment: Segment, clause: Clause, held: Held, ear: Ear, line: Line) -> Claim:
    """The claim of one value: what its own words say of it, and for the rest what holds here."""
    figure = segment.figure.figure
    if figure is None:
        raise ValueError("a value without a figure")
    left, counts = segment.left, segment.role == "gifts"
    named = _named_for(segment, clause)
    channel = channel_of(left) or channel_of(segment.right)
    kind = _kind(segment, held, other_channel=channel is not None and held.channel not in (None, channel))
    mood, mood_word = mood_said(segment, clause, held, line)
    direction, out_word = _direction(segment, held)
    what, what_word = what_of(segment)
    scale = None if counts else held.scale
    value, doubt = _in_scale(figure, scale, "negative" if is_negative(segment, line.text) else "")
    fen = None if counts or value is None or figure.doubt == "absurd" else value * 100
    comes_in = (channel == "offline" and held.whose in ("part", "other")) or (
        kind == "increment" and held.whose == "other"
    )
    whose: Whose = "own" if comes_in and is_handed_over(left) else held.whose
    gift_of_many = kind == "bare" and held.whose == "own" and channel is None and any(map(_gives, left))
    timed = held.as_of is not None or any(token.has("when", "part") for token in left)
    dated = any(token.is_figure("date") for token in left)
    return Claim(
        amount_fen=None if fen is None else int(fen),
        gifts=int(value) if counts and value is not None else None,
        kind="day or total" if kind == "bare" and held.when == "now" and dated and not timed else kind,
        channel=channel or "online",
        channel_named=channel is not None,
        whose="part" if gift_of_many else whose,
        relation=relation_of(left) or relation_of(segment.right) or held.relation or "whole",
        when=_when(held.when, kind, segment.left),
        mood=mood,
        direction=direction,
        what=what,
        start=clause.tokens[0].start,
        end=segment.right[-1].end if segment.right else segment.figure.end,
        doubt=doubt or ("malformed" if fen is not None and fen % 1 else ""),
        strange=tuple(strange_in(segment, counts=counts)),
        said=tuple(word for word in (mood_word, out_word, what_word, held.whose_word, held.when_word) if word),
        codes=codes_of(named, ear) or held.codes,
        as_of=held.as_of,
        counted=figure.unit if counts else "",
        dated=dated,
        timed=timed,
        told_before=any(token.has("told") for token in (*left, *segment.right)),
        named=any(map(_names, left)),
        measured=segment.role == "bare",
        summed=_is_summed(left),
        came=tells_that_it_came(left),
        today=any(token.has("kind", "day") for token in left),
    )


def _named_for(segment: Segment, clause: Clause) -> list[Token]:
    """The units and projects named ahead of a value; of units those alone that stand ahead of no other value since
    (`卫生院1500元 20人次 税务局2600元 45人次`)."""
    ahead = [token for token in clause.named if token.start < segment.figure.start]
    at = [each.figure.start for each in clause.segments if each.figure.start <= segment.figure.start]
    last = max((token.start for token in ahead if token.kind == "own"), default=0)
    begun = max((start for start in at if start < last), default=-1)
    return [token for token in ahead if token.kind != "own" or token.start > begun]


def _kind(segment: Segment, held: Held, *, other_channel: bool) -> Kind:
    """What the words ahead say; else the kind of the figure before for another channel, else what a header said."""
    beside = "day or total" if other_channel and held.last == "day" else held.last
    given = segment.right[:1] if segment.role == "gifts" and any(map(gives, segment.right[:1])) else []
    kind = kind_of([*segment.left, *given]) or (beside if other_channel else None)
    goes_on = held.kind == "increment or total"
    with_what_stood = any(token.has("relation", "part") for token in segment.left)
    if kind == "total" and goes_on and not with_what_stood and any(t.has("kind", "sum") for t in segment.left):
        return "increment or total"
    return kind or (held.kind if not goes_on else None) or "bare"


def _when(when: When, kind: Kind, left: Sequence[Token]) -> When:
    """A total of yesterday is as good as that of its end; any other figure of yesterday is another day's, and so is a
    mere sum (`昨天一共4300`)."""
    if when not in ("yesterday", "midnight"):
        return when
    if when == "yesterday" and _is_summed(left):
        return "day"
    return "midnight" if kind in ("total", "soft") or (when == "midnight" and kind == "bare") else "day"


def _is_summed(left: Sequence[Token]) -> bool:
    return any(token.has("kind", "sum") for token in left) and not any(token.has("kind", "total") for token in left)


def _direction(segment: Segment, held: Held) -> tuple[Direction, str]:
    """Out, by its own words or where it sums up what went out: `每人发了500元，共9500元`."""
    if held.out and any(token.has("kind", "sum") for token in segment.left):
        return "out", held.out
    return direction_of(segment)


def _names(token: Token) -> bool:
    """Whether a word says whose a figure is, on which side it came in, or that it is money that came in: 捐5角 may be
    a plan."""
    hers = token.kind == "own" or token.has("whose", "own") or token.has("label", "money") or token.has("channel")
    return hers or (token.has("say", "verb") and len(token.text) > 1)


def _gives(token: Token) -> bool:
    return token.has("say", "giver") and not token.has("say", "addressee")


def _with_one_gift(claims: list[Claim], tokens: Sequence[Token]) -> list[Claim]:
    """The claims; what came in is one gift where she says so once: `又捐了1000，加一笔`. Beside a total it is none."""
    once = sum(token.has("one") for token in tokens) == 1 and not any(token.has("relation", "part") for token in tokens)
    if len(claims) != 1 or not once or claims[0].gifts is not None or claims[0].kind not in CAME_IN:
        return claims
    return [replace(claims[0], gifts=1)]


def _as_told_behind(claim: Claim, clause: Clause, ear: Ear) -> Claim:
    """A figure without a kind, of which the clause behind only says that it is the total: `23500元，截至目前`."""
    kind, said = kind_of(clause.tokens), when_said(clause.tokens, ear.now)
    plain = all(_tells_the_total(token) for token in clause.tokens) and not clause.asks
    if claim.kind != "bare" or kind not in ("total", "soft") or not plain or (said and said.when != "now"):
        return claim
    return replace(claim, kind=kind, as_of=said.at if said else claim.as_of)


def _tells_the_total(token: Token) -> bool:
    timed = token.is_figure("moment", "date")
    return (
        timed or token.has("say", "particle") or token.has("kind", "total", "sum") or token.has("when", "now", "part")
    )


def _in_scale(figure: Figure, scale: Decimal | None, doubt: str) -> tuple[Decimal | None, str]:
    """The value in the unit that a header or a label names (`单位：万元`), and why it is doubtful."""
    doubt = figure.doubt or doubt
    if scale is None or figure.value is None:
        return figure.value, doubt
    if scale == 0 or figure.value >= 10_000 or not figure.written_plainly:
        return figure.value, doubt or "malformed"
    part = figure.value.as_tuple().exponent
    exact = isinstance(part, int) and part < FEN and figure.value * scale * 100 % 1 == 0
    return figure.value * scale, "" if exact and doubt == "malformed" else doubt


def code_in(tokens: Sequence[Token]) -> str | None:
    """The code of a team that a message names first; None where it names none."""
    return next(iter(codes_in(tokens)), None)


def codes_in(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The codes of teams that a message names, in its order, each once."""
    solid = [token for token in tokens if token.kind != "gap"]
    return tuple(dict.fromkeys(code for place in range(len(solid)) if (code := _is_code(solid, place))))


def _is_code(tokens: Sequence[Token], place: int) -> str | None:
    """The code of a team that a token names: `#12`, `0012`, `编号12`, `10号队` where it is hers."""
    token = tokens[place]
    if token.figure is None:
        return None
    if token.figure.kind == "code":
        return token.text.lstrip("# ").zfill(4)
    if token.figure.kind == "bare" and token.text.isdigit() and place and tokens[place - 1].has("label", "code"):
        return token.text.zfill(4)
    return None
