"""What a message claims: one claim for each figure or pair of figures, with everything that tells what it is a figure of.

Whose it is, of when, in which mood, in or out, of what: each attribute is read off the words that stand ahead of the
figure in its clause (and a stricter few behind it). A clause's subject and its time hold for the clauses behind it
until others are named; a turn (`以上是全县的`, `作废`) holds for the whole message, before it and behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from handlers.understand.attributes import (
    Channel,
    Direction,
    Kind,
    Mood,
    Relation,
    What,
    Whose,
    channel_of,
    codes_of,
    direction_of,
    kind_of,
    mood_of,
    relation_of,
    strange_in,
    what_of,
    whose_of,
)
from handlers.understand.clauses import Clause, Segment, clauses_of, is_negative
from handlers.understand.ear import Ear
from handlers.understand.figures import Doubt, Figure
from handlers.understand.moments import When, when_said
from handlers.understand.normal import Line
from handlers.understand.tokens import Token
from handlers.understand.turns import nothing_new, puzzle_in, turn_in


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, or an amount and its count. Money in fen, `gifts` in 人次; what is not said is None.

    `doubt`: why the figure itself is not exact. `strange`: words of its clause that nobody knows. `said`: the words on
    which its attributes rest, each as typed. `codes`: her own teams that are named. `start`, `end`: places in the line.
    """

    amount_fen: int | None
    gifts: int | None
    kind: Kind
    channel: Channel
    channel_named: bool
    whose: Whose
    relation: Relation
    when: When
    mood: Mood
    direction: Direction
    what: What
    start: int
    end: int
    doubt: str = ""
    strange: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    as_of: datetime | None = None
    counted: str = ""
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything a message claims. `turns`: the words that turn all of it. `unknown`: clauses without a figure that
    nobody understands and that may turn it. `nothing`: she says that nothing new came in. `code`: the team she names
    by its number."""

    line: Line
    claims: tuple[Claim, ...]
    turns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    nothing: bool = False
    code: str | None = None
    tokens: tuple[Token, ...] = ()


LEAST_BEFORE_A_SLASH_FEN = 10_000
"""`10700/141` is an amount and its count; `5/8` may be a day."""
PEOPLE = ("人", "名", "位", "户", "个人")
"""Units of a count that may be of people who gave nothing."""


@dataclass(frozen=True, slots=True)
class Held:
    """What holds from one clause to the next, and the words on which it rests."""

    whose: Whose = "own"
    when: When = "now"
    kind: Kind | None = None
    channel: Channel | None = None
    relation: Relation | None = None
    codes: tuple[str, ...] = ()
    as_of: datetime | None = None
    last: Kind | None = None
    scale: Decimal | None = None
    whose_word: str = ""
    when_word: str = ""
    supposed: str = ""
    aimed: str = ""


def claims_of(line: Line, tokens: Sequence[Token], ear: Ear) -> Claims:
    """The claims of a message, in the order in which their figures stand."""
    clauses = clauses_of(tokens, line.text)
    held, claims, waiting, last = Held(), list[Claim](), list[tuple[int, Claim]](), None
    turns: list[str] = []
    unknown: list[str] = []
    for clause in clauses:
        turn = turn_in(clause, bool(claims))
        turns += [turn] if turn else []
        if not clause.segments:
            unknown += [puzzle] if not turn and (puzzle := puzzle_in(clause)) else []
            held = _held_after(clause, held, ear, line)
        for segment in clause.segments:
            if _is_count_of_the_last(segment, claims, last, line.text):
                segment.role = "gifts"
            held = _held_by(segment, clause, held, ear, line)
            claim = _claim(segment, clause, held, ear, line)
            if segment.role != "gifts":
                claims.append(claim)
            elif not _given_to_the_last(claims, claim, segment, last, line.text, ear.now):
                waiting.append((len(claims), claim))
            held, last = _after(clause, claim, held, segment), segment
    claims = _joined(_merged(claims), waiting) if waiting else _merged(claims)
    solid = [token for token in tokens if token.kind != "gap"]
    codes = [code for place in range(len(solid)) if (code := _is_code(solid, place, ear))]
    return Claims(
        line,
        tuple(claims),
        tuple(turns),
        tuple(unknown),
        nothing=nothing_new(clauses),
        code=codes[0] if codes else None,
        tokens=tuple(tokens),
    )


def _claim(segment: Segment, clause: Clause, held: Held, ear: Ear, line: Line) -> Claim:
    """The claim of one value: what its own words say of it, and for the rest what holds here."""
    figure = segment.figure.figure
    if figure is None:
        raise ValueError("a value without a figure")
    before = [token for token in clause.tokens if token.start < segment.figure.start]
    channel = channel_of(segment.left) or channel_of(segment.right)
    kind = kind_of(segment.left) or (held.last if channel and held.channel and held.channel != channel else None)
    if (
        kind == "total"
        and held.kind == "increment or total"
        and any(token.has("kind", "sum") for token in segment.left)
    ):
        kind = held.kind
    kind = kind or (held.kind if held.kind != "increment or total" else None) or "bare"
    mood, mood_word = mood_of(segment)
    if clause.asks:
        mood, mood_word = "question", "?"
    elif mood == "said" and _in_quotation_marks(line.text, segment.figure.start):
        mood, mood_word = "quoted", "“”"
    elif mood == "said" and held.aimed and clause.inside:
        mood, mood_word = "goal", held.aimed
    elif mood == "said" and _is_alternative(segment, clause):
        mood, mood_word = "question", "还是"
    elif held.supposed and mood == "said":
        mood, mood_word = "if", held.supposed
    direction, out_word = direction_of(segment)
    what, what_word = what_of(segment)
    doubt = figure.doubt or ("negative" if is_negative(segment, line.text) else "")
    counts = segment.role == "gifts"
    value, doubt = (figure.value, doubt) if counts else _in_scale(figure, held.scale, doubt)
    fen = None if counts or value is None else int(value * 100)
    whose = held.whose
    if (
        kind == "bare"
        and whose == "own"
        and any(token.has("say", "giver") and not token.has("say", "addressee") for token in segment.left)
    ):
        whose = "part"
    if fen is not None and value is not None and value * 100 % 1:
        doubt = doubt or "malformed"
    when = held.when
    if when in ("yesterday", "midnight"):
        when = "midnight" if kind in ("total", "soft") or (when == "midnight" and kind == "bare") else "day"
    if kind == "bare" and when == "now" and any(token.figure and token.figure.kind == "date" for token in segment.left):
        kind = "day or total"
    return Claim(
        amount_fen=fen,
        gifts=int(value) if counts and value is not None else None,
        kind=kind,
        channel=channel or "online",
        channel_named=channel is not None,
        whose=whose,
        relation=relation_of(segment.left) or relation_of(segment.right) or held.relation or "whole",
        when=when,
        mood=mood,
        direction=direction,
        what=what,
        start=before[0].start if before else segment.figure.start,
        end=segment.right[-1].end if segment.right else segment.figure.end,
        doubt=doubt,
        strange=tuple(strange_in(segment, counts=counts)),
        said=tuple(word for word in (mood_word, out_word, what_word, held.whose_word, held.when_word) if word),
        codes=codes_of(before, ear) or held.codes,
        as_of=held.as_of,
        counted=figure.unit if counts else "",
        dated=any(token.figure is not None and token.figure.kind == "date" for token in before),
    )


def _in_scale(figure: Figure, scale: Decimal | None, doubt: Doubt) -> tuple[Decimal | None, Doubt]:
    """The value in the unit that a header or a label names (`单位：万元`); one that is not plain makes it doubtful."""
    if scale is None or figure.value is None:
        return figure.value, doubt
    if scale == 0 or figure.value >= 10_000 or not figure.written_plainly:
        return figure.value, doubt or "malformed"
    part = figure.value.as_tuple().exponent
    exact = isinstance(part, int) and part < -2 and figure.value * scale * 100 % 1 == 0
    return figure.value * scale, "" if exact and doubt == "malformed" else doubt


def _held_by(segment: Segment, clause: Clause, held: Held, ear: Ear, line: Line) -> Held:
    """What holds for a value: what its own words say, and for the rest what held before it."""
    left = segment.left
    if whose := whose_of(left, line.text):
        held = replace(held, whose=whose[0], whose_word=whose[1] if whose[0] != "own" else "")
    if said := when_said(_without_added(left), ear.now):
        held = replace(held, when=said.when, as_of=said.at, when_word=said.words if said.when != "now" else "")
    if codes := codes_of(left, ear):
        held = replace(held, codes=codes)
    if relation := relation_of(left):
        held = replace(held, relation=relation)
    elif kind_of(left) == "total":
        held = replace(held, relation=None)
    return _scaled(left, held)


def _without_added(left: Sequence[Token]) -> list[Token]:
    """The tokens without what is added to make up the total: `加上昨天的一共34000` is a total of now."""
    for place, token in enumerate(left):
        if token.has("relation", "part"):
            total = next((n for n in range(place, len(left)) if left[n].has("kind", "total", "sum")), None)
            return [*left[:place], *left[total:]] if total is not None else list(left)
    return list(left)


def _held_after(clause: Clause, held: Held, ear: Ear, line: Line) -> Held:
    """What a clause without a value leaves for the clauses behind it: another's, a time, a kind, a unit of money."""
    tokens = clause.tokens
    whose = whose_of([token for token in tokens if token.kind != "name"], line.text)
    if whose and whose[0] in ("own", "other", "larger"):
        held = replace(held, whose=whose[0], whose_word=whose[1] if whose[0] != "own" else "")
    if said := when_said(tokens, ear.now):
        held = replace(held, when=said.when, as_of=said.at, when_word=said.words if said.when != "now" else "")
    if codes := codes_of(tokens, ear):
        held = replace(held, codes=codes)
    kind = kind_of(tokens)
    if kind == "increment":
        held = replace(held, kind="increment or total")
    if kind in ("total", "soft") or (kind == "day" and all(_says_the_day(token) for token in tokens)):
        held = replace(held, kind=kind)
    if supposing := next((token.text for token in tokens if token.has("mood", "if")), ""):
        held = replace(held, supposed=supposing)
    aim = next((token.text for token in tokens if token.has("mood", "goal")), "") if clause.ends == "open" else ""
    return _scaled(tokens, replace(held, aimed=aim))


def _in_quotation_marks(text: str, at: int) -> bool:
    """Whether a place stands between quotation marks: somebody's words, or the bot's own."""
    return text.count("“", 0, at) > text.count("”", 0, at)


def _is_alternative(segment: Segment, clause: Clause) -> bool:
    """`9300还是9400`: the second of two figures between which she asks."""
    return clause.segments.index(segment) > 0 and any(token.text == "还是" for token in segment.left)


def _says_the_day(token: Token) -> bool:
    return token.has("kind", "day", "soft") or token.has("say") or token.has("label") or token.kind == "name"


def _scaled(tokens: Sequence[Token], held: Held) -> Held:
    scales = [token.figure for token in tokens if token.figure and token.figure.kind == "scale"]
    if not scales:
        return held
    scale = {"万元": Decimal(10_000), "千元": Decimal(1000), "元": None}.get(scales[-1].unit, Decimal(0))
    return replace(held, scale=scale)


def _after(clause: Clause, claim: Claim, held: Held, segment: Segment) -> Held:
    """What holds behind a claim: its kind for another channel beside it; persons and parts are left behind."""
    if segment.role != "gifts":
        held = replace(held, last=claim.kind, channel=claim.channel, kind=None)
    if held.whose in ("person", "part"):
        held = replace(held, whose="own", whose_word="")
    if supposing := next((token.text for token in clause.tokens if token.has("mood", "if")), ""):
        held = replace(held, supposed=supposing)
    if clause.ends == "stop":
        held = replace(
            held, supposed="", whose="own", whose_word="", when="now", when_word="", relation=None, as_of=None
        )
    return held


def _given_to_the_last(
    claims: list[Claim], count: Claim, segment: Segment, last: Segment | None, text: str, now: datetime
) -> bool:
    """Whether a count belongs to an amount ahead of it, which then has it: the one it stands right behind, else the
    nearest that is told and has none."""
    if count.what != "yuan":
        return False
    kind = kind_of(segment.left)
    between = text[last.figure.end : segment.figure.start] if last and not segment.left else "\n"
    right_behind = "\n" not in between
    timed = when_said(segment.left, now)
    order = sorted(range(len(claims)), key=lambda n: _likelihood(claims, n, right_behind))
    for place in reversed(order):
        claim = claims[place]
        beside = place == len(claims) - 1 and right_behind
        if claim.gifts is not None or (count.channel_named and claim.channel_named and claim.channel != count.channel):
            continue
        if timed and timed.when != ("yesterday" if claim.when == "midnight" else claim.when):
            continue
        told = claim.mood in ("said", "rough") and (claim.relation != "part" or beside) and claim.channel != "matched"
        if not (told or (beside and between in ("", "/"))):
            continue
        fits = kind in (None, "soft", claim.kind) or "or" in claim.kind or claim.kind in ("bare", "soft")
        if not fits and {kind, claim.kind} != {"day", "increment"}:
            continue
        claims[place] = _with_count(claim, count)
        return True
    return False


def _likelihood(claims: list[Claim], place: int, right_behind: bool) -> tuple[bool, bool, bool, int]:
    """How likely a count is that of a claim: the one it stands behind, a total, one online, the nearest."""
    claim = claims[place]
    return (
        right_behind and place == len(claims) - 1,
        claim.kind in ("total", "soft"),
        claim.channel == "online",
        place,
    )


def _with_count(claim: Claim, count: Claim) -> Claim:
    return replace(
        claim,
        gifts=count.gifts,
        counted=count.counted,
        end=max(claim.end, count.end),
        start=min(claim.start, count.start),
        doubt=claim.doubt or count.doubt,
        strange=(*claim.strange, *count.strange),
        mood=count.mood if claim.mood == "said" else claim.mood,
    )


def _merged(claims: list[Claim]) -> list[Claim]:
    """The claims, of which one amount told twice (in figures and in words) is one."""
    merged: list[Claim] = []
    for claim in claims:
        same = next((n for n, other in enumerate(merged) if _is_told_again(other, claim)), None)
        if same is None:
            merged.append(claim)
        elif merged[same].gifts is None:
            merged[same] = _with_count(merged[same], claim) if claim.gifts is not None else merged[same]
    return merged


def _is_told_again(one: Claim, other: Claim) -> bool:
    same = one.amount_fen == other.amount_fen is not None and one.mood == other.mood and one.whose == other.whose
    return same and one.channel == other.channel and other.kind in ("bare", one.kind) and not other.strange


def _joined(claims: list[Claim], waiting: list[tuple[int, Claim]]) -> list[Claim]:
    """Amounts with the counts that stood ahead of them (`560人次，18200元`); of people who took part nothing is kept.

    A sum behind a count that came on top is of what came: `又来5笔，共185元`.
    """
    alone: list[Claim] = []
    for place, count in reversed(waiting):
        amount = claims[place] if place < len(claims) else None
        if amount is not None and _takes(amount, count):
            kind = "increment or total" if count.kind == "increment" and amount.kind == "total" else amount.kind
            kind = count.kind if kind == "bare" else kind
            claims[place] = replace(_with_count(amount, count), kind=kind)
        elif claims and not any(claim.mood == "said" for claim in claims):
            claims[-1] = _with_count(claims[-1], count)
        elif not any(claim.gifts is not None for claim in claims) or count.counted not in PEOPLE:
            alone.append(count)
    return [*claims, *alone]


def _takes(amount: Claim, count: Claim) -> bool:
    fits = count.kind in ("bare", "soft", amount.kind) or amount.kind == "bare" or count.kind == "increment"
    return (
        fits
        and amount.gifts is None
        and amount.mood == count.mood
        and amount.channel != "matched"
        and count.what == "yuan"
    )


def _is_count_of_the_last(segment: Segment, claims: list[Claim], last: Segment | None, text: str) -> bool:
    """Whether a bare number right behind an amount is its count: `9860，131`; `3万 5` may be one number."""
    figure = segment.figure.figure
    if (
        last is None
        or not claims
        or claims[-1].gifts is not None
        or segment.role != "bare"
        or segment.left
        or last.right
    ):
        return False
    amount = claims[-1].amount_fen
    if figure is None or figure.value is None or figure.value % 1 or amount is None or figure.value * 100 > amount:
        return False
    between = text[last.figure.end : segment.figure.start]
    goes_on = last.figure.text[-1] in "万千百十" and len(segment.figure.text) == 1
    slash = "/" in between and last.role == "bare" and amount < LEAST_BEFORE_A_SLASH_FEN
    return not between.strip(" ,、/|\x1f\n") and not goes_on and not slash


def _is_code(tokens: Sequence[Token], place: int, ear: Ear) -> str | None:
    """The code of a team that a token names: `#12`, `0012`, `编号12`, `10号队` where it is hers."""
    token = tokens[place]
    if token.figure is None:
        return None
    if token.figure.kind == "code":
        return token.text.lstrip("# ").zfill(4)
    if token.figure.kind == "team" and token.figure.value is not None:
        code = f"{int(token.figure.value):04d}"
        return code if code in {team.code for team in ear.teams} else None
    if token.figure.kind == "bare" and token.text.isdigit() and place and tokens[place - 1].has("label", "code"):
        return token.text.zfill(4)
    return None
