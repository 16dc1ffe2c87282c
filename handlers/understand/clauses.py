"""Clauses of a line, and in each the figures that are values, with the words ahead of each and behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from handlers.language.wordlists import words
from handlers.understand.tokens import Token

Role = Literal["money", "gifts", "bare"]

_HEADS = ("kind", "channel", "relation", "when", "label", "whose")
"""Classes whose words, behind a figure and ahead of another, belong to the other."""
_HEAD_MOODS = ("goal", "compared", "if", "rough")
_SMALL_MARK = 300
"""A bare number up to this at the head of a line may be its place in a list."""
_DASH = re.compile("[-−–]")
MARKS = frozenset(words("understand/turning", "mark"))
"""What a list is numbered with, beside figures."""


@dataclass(slots=True, eq=False)
class Segment:
    """A value and what is said of it in its clause: the words since the value before, and those that belong behind."""

    role: Role
    figure: Token
    left: list[Token] = field(default_factory=list)
    right: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Clause:
    """What stands between two breaks. `ends`: how it ends; `asks`: with a question mark; `inside`: in brackets;
    `apart`: a mark and no mere blank parts it from what follows; `heads`: a colon does; `named`: units and projects in
    it; `supposes`: the word by which it only supposes what it says, or waits for it (`等企业那3000到了`)."""

    tokens: list[Token] = field(default_factory=list)
    ends: Literal["break", "stop", "open", "close"] = "stop"
    asks: bool = False
    inside: bool = False
    apart: bool = True
    heads: bool = False
    segments: list[Segment] = field(default_factory=list)
    named: list[Token] = field(default_factory=list)
    supposes: str = ""


def clauses_of(tokens: Sequence[Token], text: str) -> list[Clause]:
    """The clauses of a message, each with its values."""
    clauses = list(_split(tokens))
    for clause in clauses:
        clause.segments = _segments(clause.tokens, text)
        clause.named = [token for token in clause.tokens if token.kind == "own" or token.name == "project"]
        clause.supposes = _supposed(clause.tokens)
    for before, clause in pairwise(clauses):
        willing = next((token.text for token in before.tokens if token.has("would")), "")
        if willing and not before.segments and clause.tokens and clause.tokens[0].text.startswith("就"):
            clause.supposes = clause.supposes or willing
    return clauses


def _supposed(tokens: Sequence[Token]) -> str:
    first, last = (tokens[0], tokens[-1]) if tokens else (None, None)
    awaits = first.text if first and first.has("awaits") else ""
    if last and last.has("supposes") and not all(_is_of_topic(token) for token in tokens):
        awaits = last.text
    return next((token.text for token in tokens if token.has("mood", "if")), awaits)


def _is_of_topic(token: Token) -> bool:
    """Whether a word only says of what is spoken: `我们学校的话`, `线上的话`, no `顺利的话`."""
    named = token.kind in ("own", "name") or token.has("whose") or token.has("when") or token.has("say", "particle")
    return named or any(token.has(kind) for kind in ("kind", "label", "channel", "relation", "ending"))


def _split(tokens: Sequence[Token]) -> Iterator[Clause]:
    clause, depth = Clause(), 0
    for token in _with_tales_apart(tokens):
        if token.has("joins") and any(each.is_figure("money", "bare") for each in clause.tokens):
            yield clause
            clause = Clause(ends="break", inside=depth > 0)
        if token.kind not in ("break", "stop", "open", "close"):
            clause.tokens.append(token)
            continue
        clause.ends, clause.asks = token.kind, token.text == "?"
        clause.apart, clause.heads = token.text not in ("", ":"), token.text == ":"
        clause.inside = depth > 0
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        if clause.tokens or clause.asks:
            yield clause
        clause = Clause()
    clause.inside = depth > 0
    if clause.tokens:
        yield clause


def _with_tales_apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without gaps. A blank is a break where a tale ends or begins: a stretch without a figure that says
    more than what a figure is of (`老师我嗓子哑了打字哈 17,905元`)."""
    stretch: list[Token] = []
    told = valued = False
    mark = ""
    for token in [*tokens, Token("gap", len(tokens), len(tokens), " ")]:
        if token.kind == "quoted" or (token.kind == "gap" and token.text != " " and not _heads(token, stretch)):
            continue
        if token.kind != "gap":
            stretch.append(token)
            continue
        if not stretch:
            continue
        tale = _is_tale(_behind_its_mark(stretch))
        values = [token for token in stretch if token.is_figure("money", "bare")]
        if told or tale or (valued and values and not stretch[0].figure):
            yield Token("break", stretch[0].start, stretch[0].start, mark)
        yield from stretch
        stretch, told, valued, mark = [], tale, bool(values), token.text.strip()


def _heads(gap: Token, stretch: list[Token]) -> bool:
    """Whether what stands ahead of a colon is not understood: it may say what all that follows is (`照着小抄念：…`)."""
    return gap.text == ":" and any(token.kind == "unknown" for token in stretch)


def _behind_its_mark(stretch: list[Token]) -> list[Token]:
    """A stretch without the mark of its line in a list: `一、`."""
    marked = len(stretch) > 1 and stretch[0].text in MARKS and stretch[1].kind == "break"
    return stretch[2:] if marked else stretch


def _is_tale(stretch: list[Token]) -> bool:
    if any(token.figure and token.figure.kind not in ("rank", "class", "people") for token in stretch):
        return False
    return any(_tells(token) for token in stretch)


def _tells(token: Token) -> bool:
    """Whether a word says something else than what a figure is of."""
    if token.kind in ("unknown", "stop", "break"):
        return token.kind == "unknown"
    plain = ("kind", "label", "channel", "when", "relation", "ending", "what")
    if token.kind != "word" or any(token.has(kind) for kind in plain):
        return False
    return not (
        token.has("whose", "own", "part")
        or token.has("say", "particle", "neutral", "label", "verb", "behind", "giver", "public")
    )


def _segments(tokens: list[Token], text: str) -> list[Segment]:
    values = _without_what_it_rose_from(
        tokens, [(place, role) for place in range(len(tokens)) if (role := _role(tokens, place, text))], text
    )
    segments: list[Segment] = []
    begun = 0
    for nth, (place, role) in enumerate(values):
        following = values[nth + 1] if nth + 1 < len(values) else None
        behind = _behind(tokens, place + 1, following)
        segments.append(Segment(role, tokens[place], tokens[begun:place], tokens[place + 1 : behind]))
        begun = behind
    return segments


def _without_what_it_rose_from(
    tokens: list[Token], values: list[tuple[int, Role]], text: str
) -> list[tuple[int, Role]]:
    """The values; of a count that rose from one number to another (`人次从310涨到375`, `人次310→375`) the second."""
    kept: list[tuple[int, Role]] = []
    for place, role in values:
        between = tokens[kept[-1][0] + 1 : place] if kept else []
        if (
            role == "bare"
            and kept
            and kept[-1][1] == "gifts"
            and (between or "→" in text[tokens[kept[-1][0]].end : tokens[place].start])
            and all(t.has("kind", "total") or t.kind == "gap" for t in between)
        ):
            kept[-1] = (place, "gifts")
        else:
            kept.append((place, role))
    return kept


def _behind(tokens: list[Token], start: int, following: tuple[int, Role] | None) -> int:
    """Where the words that belong behind a value end: at the head of what is said of the next one."""
    if following is None:
        return len(tokens)
    place, role = following
    for nth in range(start, place):
        says = role != "gifts" and tokens[nth].has("say", "verb", "neutral")
        if (is_head(tokens[nth]) or says) and not (role == "gifts" and nth == start and tokens[nth].has("channel")):
            return nth
    return place


def is_head(token: Token) -> bool:
    """Whether a token begins what is said of the next value."""
    if token.kind in ("own", "unit", "name", "person") or token.is_figure("date", "class"):
        return True
    return any(token.has(kind) for kind in _HEADS) or token.has("mood", *_HEAD_MOODS) or token.has("direction")


def _role(tokens: list[Token], place: int, text: str) -> Role | None:
    """What a figure counts, by its unit or by the label ahead of it; None for one that is no value."""
    token = tokens[place]
    figure = token.figure
    if figure is not None and figure.kind == "people":
        behind = (
            t for t in tokens[place + 1 :] if not (t.has("when", "part", "now") or t.has("say", "giver", "particle"))
        )
        doing = next(behind, None)
        told = any(token.has("brought") for token in tokens[max(0, place - 1) : place])
        return "gifts" if told or (doing and gives(doing)) else None
    if figure is None or figure.kind not in ("money", "gifts", "bare"):
        return None
    if figure.kind != "bare":
        return "money" if figure.kind == "money" else "gifts"
    label = _label(tokens, place)
    if label in ("rank", "code") or _is_mark(tokens, place, text):
        return None
    return "gifts" if label == "gifts" else "money" if label == "money" else "bare"


def gives(token: Token) -> bool:
    """Whether a word tells of giving: 捐了, 捐款."""
    return token.has("say", "verb", "behind") and "捐" in token.text


def _label(tokens: list[Token], place: int) -> str:
    for token in reversed(tokens[max(0, place - 3) : place]):
        for label in ("gifts", "money", "rank", "code"):
            if token.has("label", label):
                return label
        if not (token.has("say", "particle", "neutral") or token.has("kind") or token.has("say", "verb")):
            return ""
    return ""


def _is_mark(tokens: list[Token], place: int, text: str) -> bool:
    """`2 大关县 某镇卫生院 13260.00 240`: the place in a list, ahead of a name and of other figures."""
    token, figure = tokens[place], tokens[place].figure
    value = figure.value if figure else None
    if text[token.end : token.end + 2] == ". " and token.text.isdigit() and int(token.text) <= _SMALL_MARK:
        return True
    if text[token.end : token.end + 1] in ("、", ".", ")") and (token.start == 0 or text[token.start - 1] in "\n( "):
        return token.text.isdigit() and int(token.text) <= _SMALL_MARK
    if place or value is None or value > _SMALL_MARK or value % 1 or not token.text.isdigit():
        return False
    others = [other for other in tokens[1:] if other.is_figure("money", "bare")]
    behind = text[token.end : token.end + 1]
    names = tokens[1:2] and tokens[1].kind in ("own", "unit", "name")
    return bool(others) and behind in (" ", ".", ")") and bool(names)


def is_negative(segment: Segment, text: str) -> bool:
    """Whether a dash makes the figure negative; several dashes part the fields of a line (`张某-三中-3200元-45人`)."""
    start = segment.figure.start
    if start == 0 or not _DASH.match(text[start - 1]):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : (text + "\n").find("\n", start)]
    return len(_DASH.findall(line)) < 2 and not text[max(0, start - 2)].isdigit()
