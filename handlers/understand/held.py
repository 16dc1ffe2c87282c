"""What holds from one clause to the next: whose the figures are, of when, of which kind, and in which unit of money.

Every attribute that is carried has a line in which it must not be: a strong word of its own, a new subject, the end of
the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from handlers.language.wordlists import words
from handlers.understand.attributes import (
    Channel,
    Kind,
    Mood,
    Relation,
    Whose,
    codes_of,
    kind_of,
    relation_of,
    whose_of,
)
from handlers.understand.claim import Claim
from handlers.understand.clauses import Clause, Segment
from handlers.understand.ear import Ear
from handlers.understand.moments import When, when_said
from handlers.understand.tokens import Token

_DONE = words("understand/turning", "done")


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
    planned: str = ""
    out: str = ""
    mood: tuple[Mood, str] = ("said", "")


def held_by(segment: Segment, held: Held, ear: Ear, text: str) -> Held:
    """What holds for a value: what its own words say, and for the rest what held before it."""
    left = segment.left
    if whose := whose_of(left, text):
        held = replace(held, whose=whose[0], whose_word=whose[1] if whose[0] != "own" else "")
    behind = [token for token in segment.right if token.has("when", "past", "day", "yesterday")]
    said = when_said(_without_added(left), ear.now) or when_said(behind, ear.now)
    if said and not (held.when != "now" and any(token.has("same day") for token in left)):
        held = replace(held, when=said.when, as_of=said.at, when_word=said.words if said.when != "now" else "")
    elif any(token.has("kind", "just") for token in left):
        held = replace(held, when="now", as_of=None, when_word="")
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


def offline_ahead(clause: Clause) -> bool:
    """Whether a clause without a value tells of cash that was given, of which the next one says how much it is."""
    tokens = clause.tokens
    cash = any(token.has("channel", "offline") for token in tokens)
    plain = all(
        any(token.has(kind) for kind in ("say", "kind", "comes in", "brought")) or token.has("channel", "offline")
        for token in tokens
    )
    acts = any(token.has("nothing") or token.has("mood") or token.has("relation") for token in tokens)
    return cash and plain and not acts and not clause.asks


def held_after(clause: Clause, held: Held, ear: Ear, text: str) -> Held:
    """What a clause without a value leaves for the clauses behind it: another's, a time, a kind, a unit of money."""
    tokens = clause.tokens
    whose = whose_of([token for token in tokens if token.kind != "name"], text)
    carried = ("own", "other", "larger", "part") if clause.inside else ("own", "other", "larger")
    if whose and whose[0] in carried:
        held = replace(held, whose=whose[0], whose_word=whose[1] if whose[0] != "own" else "")
    if said := when_said(tokens, ear.now):
        held = replace(held, when=said.when, as_of=said.at, when_word=said.words if said.when != "now" else "")
    if codes := codes_of(tokens, ear):
        held = replace(held, codes=codes)
    kind = kind_of(tokens)
    if kind == "increment":
        one = any(token.has("one") for token in tokens) and all(_says_the_day(token) for token in tokens)
        held = replace(held, kind="increment" if one else "increment or total")
    came = kind == "day or total" and any(token.has("one") for token in tokens)
    if came or kind in ("total", "soft") or (kind == "day" and all(_says_the_day(token) for token in tokens)):
        held = replace(held, kind=kind)
    if clause.supposes:
        held = replace(held, supposed=clause.supposes)
    aims = tokens if clause.ends == "open" else tokens[-1:]
    aim = next((token.text for token in aims if token.has("mood", "goal")), "")
    plan = next((token.text for token in tokens if token.has("mood", "goal")), "")
    raises = next((place for place, token in enumerate(tokens) if token.has("raises")), None)
    done = raises is not None and any(token.text in _DONE for token in tokens[raises + 1 :])
    planned = plan if raises is not None and not done else held.planned
    return _scaled(tokens, replace(held, aimed=aim, planned=planned))


def _says_the_day(token: Token) -> bool:
    said = token.has("say") and not token.has("say", "courtesy")
    return token.has("kind", "day", "soft", "again", "just") or said or token.has("label") or token.kind == "name"


def _scaled(tokens: Sequence[Token], held: Held) -> Held:
    scales = [token.figure for token in tokens if token.figure and token.figure.kind == "scale"]
    if not scales:
        return held
    scale = {"万元": Decimal(10_000), "千元": Decimal(1000), "元": None}.get(scales[-1].unit, Decimal(0))
    return replace(held, scale=scale)


def held_behind(clause: Clause, claim: Claim, held: Held, segment: Segment) -> Held:
    """What holds behind a claim: its kind for another channel beside it; persons and parts are left behind."""
    if claim.direction == "out":
        held = replace(held, out=claim.said[0] if claim.said else "")
    if (mood := (claim.mood, claim.said[0] if claim.said else "")) != held.mood:
        held = replace(held, mood=mood)
    if segment.role != "gifts":
        held = replace(held, last=claim.kind, channel=claim.channel, kind=None)
    if claim.told_before:
        held = replace(held, when="now", when_word="", as_of=None)
    if held.whose in ("person", "part"):
        held = replace(held, whose="own", whose_word="")
    if clause.supposes:
        held = replace(held, supposed=clause.supposes)
    if clause.ends == "stop":
        held = replace(
            held,
            supposed="",
            planned="",
            out="",
            whose="own",
            whose_word="",
            when="now",
            when_word="",
            relation=None,
            as_of=None,
        )
    return held
