"""Clauses behind a figure that say who gave it: whoever gave what came to her, it is hers."""

from handlers.understand.clauses import Clause, gives
from handlers.understand.moments import tells_when
from handlers.understand.tokens import Token


def tells_who_gave(clause: Clause) -> bool:
    """Whether a clause behind a figure says who of hers gave it or brought it: `是退休老师们送来的`."""
    tokens = clause.tokens
    if clause.segments or clause.asks or not tokens:
        return False
    if not (tokens[0].has("brought") or tokens[-1].has("brought") or _has_given(tokens[-1])):
        return False
    if any(_is_turned(token) and not _describes_a_giver(tokens, place) for place, token in enumerate(tokens)):
        return False
    return not any(_is_another(tokens, place) for place in range(len(tokens)))


def tells_that_a_part_gave(clause: Clause) -> bool:
    """Whether a clause ahead of a figure says that some of hers gave, which turns no total: `退休教师也捐了，累计…`."""
    tokens = clause.tokens
    if clause.segments or clause.asks or any(_is_turned(token) for token in tokens):
        return False
    named = [token for token in tokens if token.kind == "unit" or (token.has("whose") and not token.has("say"))]
    hers = all(token.has("whose", "own", "part") for token in named)
    return hers and any(gives(token) or token.has("say", "behind", "verb") for token in tokens)


def _is_turned(token: Token) -> bool:
    """Whether a word says of what was given that it is none of now, not sure, of other things, or went out."""
    turned = any(token.has(kind) for kind in ("mood", "nothing", "direction", "what", "turn"))
    return (turned and not token.has("say")) or tells_when(token)


def _describes_a_giver(tokens: list[Token], place: int) -> bool:
    """Whether a time says which people gave, and not when: `是以前的老校友捐的`."""
    behind = tokens[place + 1 :]
    attached = next((nth for nth, token in enumerate(behind) if token.text == "的"), None)
    return attached is not None and any(token.has("say", "giver") for token in behind[attached + 1 :])


def _is_another(tokens: list[Token], place: int) -> bool:
    """Whether a word names others whose money it may be (隔壁班, 全县), and no giver at a place (县里一家公司)."""
    token = tokens[place]
    if token.has("whose", "person") or (token.has("whose", "other") and not token.has("ending")):
        return True
    giver = any(other.kind == "unit" or other.has("ending") for other in tokens[place + 1 :])
    return token.has("whose", "larger") and not giver


def _has_given(token: Token) -> bool:
    return gives(token) and token.text.endswith("的")
