"""What clauses without a figure do to the figures of a message: turn all of them, puzzle, or nothing.

Chinese puts the turn behind (`累计9300元，这是去年的`), so a clause is read for the whole message. One that nobody
understands may be a turn; it is passed over only where it is long, points at nothing, and tells of somebody's doings.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from handlers.language.wordlists import any_of, words
from handlers.understand.attributes import is_named_as_hers
from handlers.understand.clauses import MARKS, Clause, gives
from handlers.understand.moments import tells_when, when_said
from handlers.understand.tokens import Token


def _of(kind: str) -> tuple[str, ...]:
    return words("understand/turning", kind)


LONG = 5
SPEAKER = 4
"""Tokens in which whoever speaks in a pasted conversation is named."""
"""Chinese characters from which on an unknown clause may be a tale."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_POINTS_AHEAD = re.compile(rf"(?:{any_of(_of('lead'))})*+(?:{any_of(_of('point'))})")
_POINTS_BACK = _of("point back")
_ENDS_OPEN = _of("open")
LEADS_IN = 3
"""Chinese characters from which on an unknown clause ahead of every figure, parted by a mark, leads in: 等车无聊，…"""
OPEN = 8
"""Chinese characters up to which a clause that ends in 的 may say whose the figure was."""
_ASKS_OF_THE_FIGURE = _of("asks of the figure")
_THANKS = _of("thanks")
_NOT_OF_OURS, _RESTS_ON = _of("not of ours"), _of("rests on")
"""Characters that make an unknown clause ahead of the figure more than a tale: 我在教新人, 照着抄."""
_ACTS = (
    ("direction", "out"),
    ("mood", "denied"),
    ("mood", "quoted"),
    ("mood", "rough"),
    ("what", "goods"),
    ("what", "currency"),
)
"""What acts on the figure ahead even from a clause of its own: `又2800元，退了`."""
_WEAK = frozenset(_of("weak"))
"""Words of these classes that every tale holds."""
_SPEAKERS = (("title",), ("whose", "other"), ("say", "addressee"), ("say", "giver"), ("plan", "subject"))
"""Who may have said or sent what stands ahead: `校长说的`, `他们发的`."""
_ALONE = (
    ("whose", "person"),
    ("mood", "if"),
    ("mood", "question"),
    ("mood", "rough"),
    ("what", "goods"),
    ("what", "currency"),
    ("what", "price"),
    ("what", "points"),
    ("what", "rate"),
)
"""What acts on the figure ahead where a clause says nothing else: `累计9300元，可能吧`, `…，班费`, `…，我个人的`."""
_SHORT_ACT = 14


def turn_in(clause: Clause, spoken: bool, now: datetime) -> str:
    """The words of a clause that turn every claim; '' for none. `spoken`: a figure was told ahead of it."""
    for token in clause.tokens:
        if token.has("turn") and (len(token.text) > 1 or _is_all_that_is_said(token, clause)):
            return token.text
        if not clause.segments and token.has("mood", "drill"):
            return token.text
    if clause.segments or not clause.tokens or text_of(clause).startswith(_THANKS):
        return ""
    if not (spoken or clause.apart) and any(token.has("mood", "goal") for token in clause.tokens):
        return ""  # `目标 50000 已筹 30000`: the goal is the next figure's
    said = when_said(clause.tokens, now) if spoken else None
    another_time = said is not None and said.when != "now"
    turns = _is_topic(clause.tokens, spoken, another_time) or (spoken and _names_another(clause.tokens))
    return text_of(clause) if turns else ""


def _is_all_that_is_said(token: Token, clause: Clause) -> bool:
    """Whether a clause says nothing but a word of one character: 停 turns, 停电 tells a tale."""
    return all(other is token or other.has("say") for other in clause.tokens)


def puzzle_in(clause: Clause, spoken: bool) -> str:
    """The words of a clause without a figure that nobody understands, or that may act on a figure; '' for none."""
    text = text_of(clause)
    tokens = clause.tokens
    planned = any(token.has("mood", "goal") for token in tokens)
    if any(_acts(token) and not (planned and token.has("direction")) for token in tokens) and (
        len(text) <= _SHORT_ACT or any(t.has("mood", "quoted") for t in tokens)
    ):
        return text
    moved = any(token.has("moves") and not token.has("channel") for token in tokens)
    if moved and spoken and len(text) <= _SHORT_ACT:
        return text
    matched = any(token.has("channel", "matched") for token in tokens)
    if matched and len(text) <= OPEN and not any(token.has("relation") for token in tokens):
        return text
    if matched and any(token.has("relation", "part") for token in tokens):
        return text
    if any(token.kind == "unit" for token in tokens) or _leaves_out_a_part(tokens) or _falls(tokens):
        return text
    if len(text) <= _SHORT_ACT and tokens and (tokens[0].has("say", "degree") or tokens[-1].has("say", "degree")):
        return ""
    questioned = spoken and any(token.has("mood", "question") for token in tokens)
    of_money = any(token.has("channel") or token.has("label", "money") for token in tokens)
    if questioned and (of_money or (clause.asks and any(word in text for word in _ASKS_OF_THE_FIGURE))):
        return text
    unknown = [token for place, token in enumerate(tokens) if _is_unknown(tokens, place)]
    if not unknown:
        return ""
    greets = tokens[-1].has("say", "addressee", "courtesy")
    points_back = any(word in text for word in _POINTS_BACK) and not text.startswith(_THANKS)
    of_the_figure = spoken and (tokens[0].has("awaits") or points_back)
    tells_else = not spoken and not text.startswith(_RESTS_ON) and any(word in text for word in _NOT_OF_OURS)
    if of_the_figure or tells_else or _POINTS_AHEAD.match(text) or (clause.heads and not spoken and not greets):
        return text
    length = len(_HAN.findall(text))
    leads_in = not spoken and clause.apart and length >= LEADS_IN
    if _tells_of_doings(tokens) or leads_in:
        return ""
    if clause.asks and not any(word in text for word in _ASKS_OF_THE_FIGURE):
        return ""
    if length < LONG:
        return "" if text.startswith(_THANKS) else text
    return text if len(text) <= OPEN and text.endswith(_ENDS_OPEN) else ""


def _falls(tokens: list[Token]) -> bool:
    """Whether something fell, and it is not said against what: `掉了一点`. Against what stood the ledger tells."""
    falls = any(token.has("compares", "less") and not token.has("say") for token in tokens)
    return falls and not any(token.has("stood") for token in tokens)


def _leaves_out_a_part(tokens: list[Token]) -> bool:
    """Whether a clause says that a part of hers is not in the figure: `不包括高三年级`, `初二没算进来`."""
    apart = any(token.has("relation", "apart") for token in tokens)
    return apart and any(token.has("whose", "part") or _is_a_class(token) for token in tokens)


def _is_a_class(token: Token) -> bool:
    return token.is_figure("class")


def _acts(token: Token) -> bool:
    """Whether a word may act on a figure of another clause."""
    goods = token.has("what", "goods") and len(token.text) == 1
    return token.text not in _WEAK and not goods and any(token.has(*act) for act in _ACTS) and not token.has("say")


def _is_unknown(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    if len(tokens) == 1 and (token.kind == "person" or token.text in MARKS):
        return False
    unknown = token.kind == "unknown" or token.has("would") or token.has("event")
    return unknown or (token.kind == "person" and not is_named_as_hers(tokens, place))


def nothing_new(clauses: list[Clause]) -> bool:
    """Whether she says that nothing came in, and no figure but a nought."""
    if any(s.figure.figure is None or s.figure.figure.value != 0 for clause in clauses for s in clause.segments):
        return False
    if any(clause.segments for clause in clauses):
        said = ("day", "increment", "again", "total", "sum")
        return any(token.has("kind", *said) or token.has("nothing") for clause in clauses for token in clause.tokens)
    told = [clause for clause in clauses if _says_nothing(clause.tokens)]
    if any(one.has("mood", "denied") and two.has("nothing") for clause in told for one, two in pairwise(clause.tokens)):
        return False
    return bool(told) and not any(token.kind in ("unknown", "unit") for clause in told for token in clause.tokens)


def _says_nothing(tokens: Sequence[Token]) -> bool:
    """Whether a word says so; one of value `last` does where nothing is said behind it, no `今天都没有时间报`."""
    said = [token for token in tokens if not token.has("say", "particle")]
    return any(token.has("nothing", "new") for token in tokens) or any(t.has("nothing", "last") for t in said[-1:])


def is_chat(tokens: Sequence[Token], text: str) -> bool:
    """Whether a message is a pasted conversation: two lines or more begin with somebody's name and a colon."""
    heads = [place for place, token in enumerate(tokens) if token.start == 0 or text[token.start - 1] == "\n"]
    return sum(_speaks(tokens[place : place + SPEAKER], text) for place in heads) > 1


def _speaks(head: Sequence[Token], text: str) -> bool:
    """Whether a line begins with somebody's name, or with a unit's and a title, and a colon."""
    if head[0].kind == "person" and text[head[0].end : head[0].end + 1] == ":":
        return True
    named = head[0].kind in ("person", "unit", "own")
    return named and any(token.has("title") and text[token.end : token.end + 1] == ":" for token in head[1:])


def text_of(clause: Clause) -> str:
    return "".join(token.text for token in clause.tokens)


def _names_another(tokens: list[Token]) -> bool:
    """Whether a clause behind a figure points at it and says whose it was, or names another's with 的: `这是全县的`."""
    pointed = [t for t in tokens if not t.has("say", "courtesy")][:1]
    points = bool(pointed) and _POINTS_AHEAD.match(pointed[0].text) is not None
    if points and any(_qualifies(t) or tells_when(t) or t.has("mood", "goal", "if") for t in tokens):
        return True
    if points and (tokens[-1].has("brought") or gives(tokens[-1])):
        return True
    whose = any(
        behind.text.startswith("的") and (token.kind == "unit" or token.has("whose", "other", "larger"))
        for token, behind in pairwise(tokens)
    )
    tells = tokens[-1].text.endswith("的") and not (gives(tokens[-1]) or tokens[-1].has("say", "behind"))
    return whose or (tells and any(tokens[0].has(*sense) for sense in _SPEAKERS))


def _is_topic(tokens: list[Token], spoken: bool, another_time: bool) -> bool:
    """Whether a clause says nothing but whose a figure is, of what, in which mood, or behind it of when: `（教师）`,
    `班费，…`, `…，去年的`. Ahead of a figure a time holds for it by itself (`held`)."""
    if (spoken and _is_signed(tokens)) or (not spoken and "报" in tokens[-1].text):
        return False
    aims = [token for token in tokens if _aims(token)]
    if len(aims) > 1 and any(token.has("plan") for token in aims):
        return False
    if spoken and aims and not all(_aims(token) or token.has("say", "particle") for token in tokens):
        return False
    said = [token for token in tokens if not _fills(token)]
    return bool(said) and all(_qualifies(each) or _aims(each) or (another_time and tells_when(each)) for each in said)


def _aims(token: Token) -> bool:
    return token.has("mood", "goal") and not token.has("say")


def _is_signed(tokens: list[Token]) -> bool:
    """Whether an office of hers signs: `三中工会`."""
    return tokens[0].kind == "own" and all(token.has("office") for token in tokens[1:])


def _fills(token: Token) -> bool:
    """Whether a word says nothing by itself in a clause without a figure."""
    if token.kind in ("gap", "own", "name"):
        return True
    acts = _qualifies(token) or tells_when(token) or _aims(token)
    plain = token.has("whose", "own") or any(token.has(kind) for kind in ("say", "kind", "label", "relation", "ending"))
    return not acts and (
        plain or token.has("when", "now", "part") or (token.has("plan", "own") and len(token.text) == 1)
    )


def _qualifies(token: Token) -> bool:
    """Whether a word alone says that a figure is another's, of other things, or not sure."""
    if token.has("plan") or token.has("say"):
        return False
    if len(token.text) > 1 and any(token.has(*act) for act in _ALONE):
        return True
    others = token.has("whose", "other", "larger", "part") or token.has("relation", "both")
    return others or token.has("mood", "drill", "quoted") or token.has("told")


def _tells_of_doings(tokens: list[Token]) -> bool:
    """A subject and a verb of her own: `食堂阿姨们还在忙`."""
    subject = any(
        token.has("whose", "own") or token.has("say", "giver") or token.has("plan", "subject") for token in tokens
    )
    return subject and any(token.has("plan", "own") for token in tokens)
