"""What the words around a figure make of it: one function an attribute, each over the tokens of a segment."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from handlers.understand.clauses import Segment, gives
from handlers.understand.ear import Ear
from handlers.understand.tokens import Token

Kind = Literal[
    "total",
    "day",
    "increment",
    "soft",
    "bare",
    "day or total",
    "day or increment",
    "increment or total",
]
Channel = Literal["online", "offline", "matched"]
Whose = Literal["own", "part", "person", "other", "larger"]
Relation = Literal["whole", "part", "apart", "both"]
Mood = Literal["said", "goal", "if", "question", "denied", "rough", "compared", "drill", "quoted"]
Direction = Literal["in", "out"]
What = Literal["yuan", "currency", "goods", "points", "price", "rate", "people"]

AHEAD = frozenset(
    {"kind", "label", "channel", "whose", "relation", "when", "mood", "direction", "what", "ending", "told"}
    | {"title", "surname", "nothing"}
)
"""Classes that are acted upon, and so may stand ahead of a figure without making its clause strange."""
BEHIND = frozenset({"label", "channel", "relation", "when", "mood", "direction", "what", "nothing"})
BEHIND_SAYINGS = frozenset({"courtesy", "particle", "behind", "addressee", "label"})
MEASURES_ONLY = 1
REACH = 12
"""So many words ahead something is looked for that a word goes with."""
_UNITS = ("学校", "单位", "社区", "网点")
"""What several of make more than one unit: `三所学校`."""


def kind_of(left: Sequence[Token]) -> Kind | None:
    """Total words beat a day's beat an increment's; a mere sum (一共) is of what the others say. None for no word."""
    total = any(token.has("kind", "total") for token in left)
    raised = any(token.has("kind", "raised") for token in left)
    summed = any(token.has("kind", "sum") for token in left)
    day = any(token.has("kind", "day") for token in left)
    increment = any(_increases(left, place) for place in range(len(left)))
    if total:
        return "total"
    if day and (summed or any(token.has("when", "now") or token.has("kind", "soft") for token in left)):
        return "day or total"
    if day and any(token.has("kind", "again", "once more") for token in left):
        return "day or increment"
    if day:
        return "day"
    if increment:
        return "increment or total" if summed else "increment"
    if summed or raised:
        return "total"
    return "soft" if any(token.has("kind", "soft") or token.has("when", "now") for token in left) else None


def tells_that_it_came(left: Sequence[Token]) -> bool:
    """Whether the words ahead say that a figure came in (`到账300元`), was raised within so long (`一中午进了`), or was
    given just now, by whomever (`刚才七年级捐了`)."""
    within = next((place for place, token in enumerate(left) if token.has("kind", "within")), len(left))
    raised = any(token.has("say", "verb") for token in left[within:])
    return raised or _is_just_given(left) or any(token.has("comes in") for token in left)


def _is_just_given(left: Sequence[Token]) -> bool:
    """Whether somebody gave just now: nothing but who it was stands between, no `刚才看了下我们学校捐了`."""
    just = next((place for place, token in enumerate(left) if token.has("kind", "just")), len(left))
    behind = left[just + 1 :]
    given = next((place for place, token in enumerate(behind) if gives(token) or token.has("gathers")), None)
    return given is not None and all(map(_names_a_giver, behind[:given]))


def _names_a_giver(token: Token) -> bool:
    part = token.has("whose", "part") or token.is_figure("class", "people")
    return part or token.has("say", "giver", "particle", "public") or token.has("channel")


def _increases(left: Sequence[Token], place: int) -> bool:
    """Whether the word at a place makes an increment: by itself, or with a verb of raising behind it (刚 收到)."""
    token = left[place]
    if token.has("kind", "increment", "again"):
        return True
    rest = (
        other
        for other in left[place + 1 : place + REACH]
        if other.has("say", "verb") or not other.has("say", "particle", "giver")
    )
    behind = next(rest, None)
    if token.has("kind", "lightly"):
        return behind is None or behind.has("say", "verb") or behind.has("label", "money")
    if token.has("kind", "just", "once more"):
        return behind is not None and (behind.has("say", "verb") or behind.has("kind", "lightly", "increment"))
    return False


def channel_of(tokens: Sequence[Token]) -> Channel | None:
    """The channel that is named last ahead of the figure, else behind it."""
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.has("channel", "matched"):
            if any(other.has("kind") for other in tokens[place + 1 :]) and any(o.has("relation") for o in tokens):
                continue
            return "matched"
        if token.has("channel", "offline"):
            return "offline"
        if token.has("channel", "online"):
            return "online"
    return None


def relation_of(tokens: Sequence[Token]) -> Relation | None:
    """Whether a figure is of both channels, a part of the one before, or apart from it.

    Ahead of a total (加上…一共) neither of the latter is said, nor the first ahead of a channel's own figure.
    """
    for place, token in enumerate(tokens):
        if token.has("relation", "both"):
            return None if any(other.has("channel") for other in tokens[place + 1 :]) else "both"
        if any(other.has("kind", "total", "sum") for other in tokens[place + 1 :]):
            continue
        if token.has("relation", "part"):
            return "part"
        if token.has("relation", "apart"):
            return "apart"
    return None


def whose_of(tokens: Sequence[Token], text: str) -> tuple[Whose, str] | None:
    """Whose a figure is by the words ahead of it, and by which; None where they name nobody. Another's goes first."""
    found: dict[Whose, str] = {}
    for place, token in enumerate(tokens):
        if whose := _whose(tokens, place, text):
            region = (
                tokens[place - 1].text
                if token.kind == "unit" and place and tokens[place - 1].name in ("region", "area")
                else ""
            )
            found.setdefault(whose, region + token.text)
    for whose in ("other", "person", "larger", "part", "own"):
        if whose in found:
            return whose, found[whose]
    return None


def _whose(tokens: Sequence[Token], place: int, text: str) -> Whose | None:
    token = tokens[place]
    ahead = tokens[place + 1 : place + REACH]
    following = next((other for other in ahead if not other.has("say", "particle")), None)
    doing = next(
        (o for o in ahead if not (o.has("say", "particle", "neutral") or _says_how(o))),
        None,
    )
    if token.kind == "own" or token.has("whose", "own"):
        return "own"
    if not place and _is_a_place(token) and all(other.has("say", "particle") for other in tokens[1:]):
        return "other"
    if token.kind == "unit" and place and tokens[place - 1].has("whose", "own"):
        return "own"
    if token.kind == "unit" or token.has("whose", "other"):
        return "other"
    given = (doing is not None and gives(doing)) or (
        following is not None and following.start == token.end and gives(following)
    )
    if given and token.has("surname") and len(token.text) > 1:
        return "person"
    if token.kind == "person" or token.has("title"):
        alone = following is None and not is_named_as_hers(tokens, place)
        return "person" if (given or alone) and not token.has("say") else None
    if token.is_figure("class"):
        return "part"
    if token.is_figure("rank") and token.text.endswith(_UNITS):
        return "larger"
    ranked = following is not None and (
        (following.is_figure("rank") and following.text[0] in "第前") or following.has("label", "rank")
    )
    if ranked or (place and tokens[place - 1].has("label", "rank")):
        return None
    if token.name in ("region", "area"):
        named = following is not None and following.start == token.end and following.has("ending")
        if named:
            return "other"
        stands_alone = text[token.end : token.end + 1] in (" ", ",", "\n", "", "、", ":", ")")
        inside = following is not None and (following.kind in ("own", "unit", "name") or following.has("whose"))
        return None if stands_alone or inside else "larger"
    named = following is not None and following.start == token.end and following.kind in ("own", "unit")
    if named and token.has("whose", "larger"):
        return None
    for whose in ("person", "larger", "part"):
        if token.has("whose", whose) and not token.has("say"):
            return whose
    return None


def is_handed_over(tokens: Sequence[Token]) -> bool:
    """Whether what others gave came to her: `收了教职工现金1550元`, `工会交来现金3000元`."""
    giver = next((n for n, t in enumerate(tokens) if t.kind == "unit" or t.has("whose", "part", "other")), len(tokens))
    taken = any(token.has("say", "verb") and "收" in token.text for token in tokens[:giver])
    return taken or any(token.has("brought") for token in tokens[giver:])


def _is_a_place(token: Token) -> bool:
    """Whether whoever stands at a place of the ranking is named by it: `第二名9750`, `第一的是9800`."""
    return token.is_figure("rank") and token.text[-1] in "名位一二三四五六七八九十"


def _says_how(token: Token) -> bool:
    """Whether a word says of when a figure is or by which way it came: it may stand between a person and the giving."""
    return any(token.has(kind) for kind in ("kind", "when", "channel"))


def direction_of(segment: Segment) -> tuple[Direction, str]:
    """Out, by a word of it; or where money is to be moved to somebody: `转账2000给我`."""
    moved = next((token.text for token in segment.left if token.has("moves")), "")
    if moved and any(token.has("toward") for token in segment.right):
        return "out", moved
    for token in (*segment.left, *segment.right):
        if token.has("direction", "out") and not token.has("say", "courtesy", "particle"):
            return "out", token.text
    return "in", ""


def what_of(segment: Segment) -> tuple[What, str]:
    """What a figure counts that is no yuan: by the word right behind it, or by a price, a fee or goods ahead."""
    whats: tuple[What, ...] = ("currency", "goods", "points", "price", "rate")
    if segment.role == "gifts" and (serves := next((token.text for token in segment.left if token.has("serves")), "")):
        return "points", serves
    of = segment.right[:1] and segment.right[0].text == "的"
    for token in segment.right[: MEASURES_ONLY + bool(of)]:
        for what in whats:
            if token.has("what", what) and not token.has("say"):
                return what, token.text
    for token in (*segment.left, *segment.right):
        for what in ("goods", "price", "rate", "currency", "points"):
            if len(token.text) > 1 and token.has("what", what) and not token.has("say"):
                return what, token.text
    return "yuan", ""


def codes_of(tokens: Sequence[Token], ear: Ear) -> tuple[str, ...]:
    """Her own teams that the tokens name: by unit, by project, or by both."""
    units = [code for token in tokens if token.kind == "own" for code in token.codes]
    named = [token.text for token in tokens if token.name == "project"]
    if not named:
        return tuple(dict.fromkeys(units))
    projects = [p for p in ear.campaign.projects if any(name in (p.name, *p.aliases) for name in named)]
    of_project = [team.code for team in ear.teams if any(team.project == project.id for project in projects)]
    both = [code for code in units if code in of_project]
    return tuple(dict.fromkeys(both or units or of_project))


def named_of_hers(tokens: Sequence[Token], ear: Ear) -> tuple[str, ...]:
    """Her own teams that are named one by one, or all where the words count as many as she has (`两个队`); none where
    a name fits several."""
    if len(ear.teams) > 1 and any(token.has("hers", str(len(ear.teams)), "all") for token in tokens):
        return tuple(team.code for team in ear.teams)
    units = [token.codes for token in tokens if token.kind == "own"]
    if units and all(len(codes) == 1 for codes in units):
        return tuple(dict.fromkeys(code for codes in units for code in codes))
    codes = codes_of(tokens, ear)
    return codes if len(codes) == 1 else ()


def strange_in(segment: Segment, *, counts: bool = False) -> list[str]:
    """The words of a segment that nobody knows, or that may not stand where they do: behind a figure few may.

    Nor may matched money that is in a total and has no figure of its own (`含配捐一共13150元`).
    """
    left = segment.left
    strange = [token.text for place, token in enumerate(left) if not _may_stand_ahead(left, place)]
    strange += [of.text for part, of in pairwise(left) if part.has("relation", "part") and of.has("channel", "matched")]
    right = [segment.figure, *segment.right]
    strange += [
        token.text
        for place, (before, token) in enumerate(pairwise(right), 1)
        if not (_may_stand_behind(token, counts=counts) or _signs(right, place))
        or _touches(before, token)
        or (before.is_figure("bare") and token.has("counts"))
    ]
    return strange


def _touches(before: Token, label: Token) -> bool:
    """Whether the label of another field stands right behind a word, so that it says something of the figure."""
    return before.end == label.start and label.senses == {("say", "label")}


def _signs(right: Sequence[Token], place: int) -> bool:
    """Whether somebody signs: a name right behind her own unit's or a title, and such a title: `9420元 三中李敏`."""
    named, titled = right[place].kind == "person", right[place - 1].has("title", "person")
    if named:
        return right[place - 1].kind == "own" or titled
    return right[place].has("title", "person") and place + 1 < len(right) and right[place + 1].kind == "person"


def _may_stand_ahead(left: Sequence[Token], place: int) -> bool:
    token = left[place]
    if token.kind in ("unknown", "quoted"):
        return False
    if token.kind == "person":
        return is_named_as_hers(left, place)
    if token.kind != "word":
        return True
    if any(sense.kind in AHEAD or (sense.kind == "say" and sense.value != "degree") for sense in token.senses):
        return True
    return token.has("plan", "subject")


def is_named_as_hers(tokens: Sequence[Token], place: int) -> bool:
    """Whether a person's name stands where a captain's does: with a title, behind the unit or a label, before 报."""
    token = tokens[place]
    if token.name == "titled":
        return True
    beside = [*tokens[max(0, place - 2) : place], *tokens[place + 1 : place + 2]]
    return any(
        other.kind in ("own", "unit", "name")
        or other.has("say", "label", "neutral")
        or other.has("title")
        or other.has("kind", "soft")
        or (other.is_figure("telephone"))
        for other in beside
    )


def _may_stand_behind(token: Token, *, counts: bool) -> bool:
    if token.kind in ("unknown", "quoted"):
        return False
    if token.kind in ("unit", "person"):
        return False
    if token.kind != "word":
        return True
    if counts and (token.has("say", "giver", "public") or gives(token)):
        return True
    if token.has("kind", "total", "soft", "day") or token.has("whose", "own"):
        return True
    return any(s.kind in BEHIND or (s.kind == "say" and s.value in BEHIND_SAYINGS) for s in token.senses)
