"""In which mood a figure is said: as it is, aimed at, supposed, asked, quoted, rough, compared, denied or a drill."""

from handlers.language.wordlists import words
from handlers.understand.attributes import Mood, kind_of
from handlers.understand.clauses import Clause, Segment
from handlers.understand.held import Held
from handlers.understand.normal import Line
from handlers.understand.tokens import Token

_TILDES = ("~", "～")
_DRAWN_OUT = words("understand/turning", "drawn out")


def mood_said(segment: Segment, clause: Clause, held: Held, line: Line) -> tuple[Mood, str]:
    """The mood that its own words tell; else the one of the clause, of the brackets, of what was supposed before, or of
    the figure to which it is joined (`希望能破200人次、13000元`)."""
    if clause.asks:
        return "question", "?"
    mood, word = mood_of(segment)
    if mood != "said":
        return mood, word
    if clause.supposes:
        return "if", clause.supposes
    if _goes_on_aiming(segment, clause):
        return "goal", "还差"
    if _in_quotation_marks(line.text, segment.figure.start):
        return "quoted", "“”"
    if held.aimed and (clause.inside or kind_of(segment.left) is None):
        return "goal", held.aimed
    if held.planned and not _is_reached(segment):
        return "goal", held.planned
    if held.mood[0] != "said" and not segment.left and line.text[segment.figure.start - 1] == "、":
        return held.mood
    if _is_alternative(segment, clause):
        return "question", "还是"
    return ("if", held.supposed) if held.supposed else ("said", "")


def mood_of(segment: Segment) -> tuple[Mood, str]:
    """The mood of a figure, and the word that tells it; what denies or doubts goes before what aims."""
    figure = segment.figure.figure
    around = [*segment.left, *segment.right]
    if len(segment.right) > 1 and segment.right[0].text == "的" and segment.right[1].figure:
        return "goal", segment.right[1].text
    if any(token.text == "还是" for token in segment.right):
        return "question", "还是"
    none = [token.text for token in segment.left if token.has("nothing") and not token.has("mood")]
    none = [] if none and kind_of(segment.left) in ("total", "soft") else none
    none += [token.text for token in segment.right if token.has("nothing")]
    if none:
        return "denied", none[0]
    moods: tuple[Mood, ...] = ("drill", "question", "compared", "goal", "quoted", "if", "rough", "denied")
    for mood in moods:
        if mood == "rough" and figure and figure.rough:
            return "rough", segment.figure.text
        for token in around:
            if (
                token.has("mood", mood)
                and not (mood == "quoted" and token.has("what"))
                and not _harmless_mood(token, segment)
            ):
                return mood, token.text
    return "said", ""


def _harmless_mood(token: Token, segment: Segment) -> bool:
    """A word of one character (快, 保, 没, `~`) acts only right beside the figure: elsewhere it is part of a tale."""
    if len(token.text) > 1 or token.has("mood", "question"):
        return False
    beside = [
        other
        for other in segment.left
        if not (other.has("say", "particle", "verb") or other.has("kind", "lightly") or other.text[-1] in "到至达")
    ][-1:]
    beside += [other for other in segment.right if not other.has("say", "particle")][:1]
    return token not in beside or (token.text in _TILDES and _adorns(token, segment))


def _adorns(tilde: Token, segment: Segment) -> bool:
    """Whether a tilde is none of `about`: away from the figure, one of several, or drawn out of a word of courtesy."""
    if tilde.end != segment.figure.start or sum(token.text in _TILDES for token in (*segment.left, *segment.right)) > 1:
        return True
    ahead = [token for token in segment.left if token.end == tilde.start]
    return bool(ahead) and (ahead[0].has("say", "courtesy") or ahead[0].text in _DRAWN_OUT)


def _goes_on_aiming(segment: Segment, clause: Clause) -> bool:
    """`还差2000就5万了`: a figure behind an aim in its clause, and no word that it is reached (`145人次捐款`)."""
    place = clause.segments.index(segment)
    given = segment.role == "gifts" and any(token.has("say", "behind") for token in segment.right)
    if given or not place or mood_of(clause.segments[place - 1])[0] != "goal":
        return False
    return not _is_reached(segment) and not any(token.has("kind", "increment") for token in segment.left)


def _is_reached(segment: Segment) -> bool:
    """Whether a word ahead of a figure says that it has come in."""
    reached = ("total", "sum", "raised", "day", "again")
    return any(
        token.has("kind", *reached) or token.has("when", "now") or token.has("say", "verb") for token in segment.left
    )


def _in_quotation_marks(text: str, at: int) -> bool:
    """Whether a place stands between quotation marks: somebody's words, or the bot's own."""
    return text.count("“", 0, at) > text.count("”", 0, at)


def _is_alternative(segment: Segment, clause: Clause) -> bool:
    """`9300还是9400`: the second of two figures between which she asks."""
    return clause.segments.index(segment) > 0 and any(token.text == "还是" for token in segment.left)
