"""What stands behind a word of the bot: a team's code, a matter's number, a code to claim by, an invitation.

Each is read in one place for every word that takes it: `停用 0012 冒名`, `停用了12号队，冒名`, `停用#12 冒名` are one.
"""

from dataclasses import dataclass
from functools import partial

from handlers.language.late import pattern
from handlers.language.text import fold, is_question, normalise
from handlers.language.wordlists import forms, limited, words

_any = partial(limited, "wishes/slots")
_CODE = (
    r"(?P<sign>#?) ?(?P<digits>\d{1,9})(?!\d)"
    rf"(?:(?P<called>{_any('of a team')})|{_any('behind a team')})?"
)
_TEAM = pattern(rf"(?:{_any('before a team')}|{_any('numbered')}|[: ])*{_CODE}")
_ALONE = pattern(rf"(?P<numbered>{_any('numbered')})?:? ?{_CODE}")
_MATTER = pattern(
    rf"(?:{_any('before a matter')}|{_any('numbered')}|[: ])*#? ?"
    rf"(?P<letter>[dD]?) ?(?P<digits>\d{{1,6}})(?!\d)(?:{_any('behind a matter')})?"
)
_CLAIM = pattern(rf"(?:{_any('before a claim')}|[: ])*([0-9A-Za-z]{{6}})(?![0-9A-Za-z])")
_INVITATION = pattern(r"(?<![0-9A-Za-z])[0-9A-Za-z]{8}(?![0-9A-Za-z])")
_APART = pattern(r"# ?\d{1,9}|(?<![\w.])\d{4,9}(?![\w.])")
"""A team's code that stands apart in a sentence."""
_AHEAD_OF_AN_AMOUNT = pattern(rf"(?<![\w.])(?P<code>\d{{4,6}}) +\D{{0,4}}[\d.]+ ?(?:{_any('yuan')})")
_ASKS_HOW = pattern(_any("asks how"))
_LINE = pattern(rf"(?:(?:{_any('before a line')})[ :,]*)?\d{{1,3}}(?!\d)")
SEPARATORS = " ,，、:：;；\n\t"
"""Signs between a word of the bot and what stands behind it."""
DIGITS, MOST_DIGITS = 4, 6
"""Digits of a code as it is printed, at least; and of a bare figure that may be one, at most."""
_JOINS = SEPARATORS + "".join(forms("".join(words("wishes/slots", "joins"))))


@dataclass(frozen=True, slots=True)
class Coded:
    """A team's code as it is kept, and what follows it. `printed`: it was typed with `#` or all its digits, so that it
    is no figure."""

    code: str
    rest: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Numbered:
    """A matter's number, as `D5` or bare, and what follows it."""

    number: str
    rest: str

    @property
    def lettered(self) -> bool:
        return self.number.startswith("D")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A code to claim a team by, and what follows it."""

    code: str
    rest: str


@dataclass(frozen=True, slots=True)
class Slots:
    """What stands behind a word, or a whole sentence, by what it may be. `first` and `rest`: its first piece, and the
    others. `asks`: it is a question."""

    text: str

    @property
    def team(self) -> Coded | None:
        return team_ahead(self.text)

    @property
    def matter(self) -> Numbered | None:
        found = _MATTER.match(self.text)
        if found is None:
            return None
        number = found["letter"].upper() + (found["digits"].lstrip("0") or "0")
        return Numbered(number, self.text[found.end() :].strip(SEPARATORS))

    @property
    def claim(self) -> Claimed | None:
        found = _CLAIM.match(self.text)
        return Claimed(found[1].upper(), self.text[found.end() :].strip(SEPARATORS)) if found else None

    @property
    def invitation(self) -> str:
        """'' where none stands anywhere in it."""
        found = _INVITATION.search(self.text)
        return found[0].upper() if found else ""

    @property
    def asks(self) -> bool:
        return is_question(self.text)

    def holds(self, code: str) -> bool:
        """Whether a team's code stands anywhere in it."""
        return code in self.text

    @property
    def address(self) -> bool:
        """Whether a web address stands in it."""
        return "://" in self.text

    @property
    def first(self) -> str:
        return self.text.partition(" ")[0]

    @property
    def rest(self) -> str:
        return self.text.partition(" ")[2].strip(SEPARATORS)


def team_ahead(text: str) -> Coded | None:
    """The team's code at the head of a text."""
    found = _TEAM.match(text)
    if found is None:
        return None
    digits = found["digits"]
    printed = bool(found["sign"]) or len(digits) >= DIGITS
    return Coded(digits.zfill(DIGITS), text[found.end() :].strip(SEPARATORS), printed)


def begins_with_team(text: str) -> bool:
    """Whether a word that takes a team's code may be followed by this without a separator."""
    return team_ahead(text) is not None


def begins_with_printed(text: str) -> bool:
    """The same of a word behind which other figures may stand as well."""
    said = team_ahead(text)
    return said is not None and said.printed


def begins_with_matter(text: str) -> bool:
    """The same of a word that takes a matter's number."""
    return Slots(text).matter is not None


def begins_lettered(text: str) -> bool:
    """Whether such a number stands there with its letter, so that it can be nothing else."""
    said = Slots(text).matter
    return said is not None and said.lettered


def says_of_a_matter(text: str) -> bool:
    """Whether such a number stands there and what is said of the matter, which may be put as a question; not how it is
    done."""
    said = Slots(text).matter
    return said is not None and said.lettered and _ASKS_HOW.match(said.rest) is None


def is_a_matter(text: str) -> bool:
    """Whether a normalised message is the number of something that waits for a decision, and nothing else: `D12`."""
    said = Slots(text).matter
    return said is not None and said.lettered and not said.rest


def begins_with_claim(text: str) -> bool:
    return Slots(text).claim is not None


def begins_with_invitation(text: str) -> bool:
    return _INVITATION.match(text) is not None


def begins_with_line(text: str) -> bool:
    """Whether an answer to a list begins with the number of a line, behind the word again or without it."""
    return _LINE.match(text) is not None


def is_a_line(text: str) -> bool:
    """Whether a piece is the number of a line of a list just shown."""
    return text.isdigit() and len(text) < DIGITS


def word_or_figure(text: str) -> bool:
    """Whether what looks like an invitation may be a word or a figure with its unit."""
    said = fold(text)
    return said.isascii() and (said.isalpha() or said[:5].isdigit())


def code_called(text: str) -> str:
    """The code that a text is and nothing else, in any of its writings (`#12`, `0012`, `1234`); '' for a figure."""
    said = normalise(text).strip()
    bare = said if said.isdigit() and DIGITS <= len(said) <= MOST_DIGITS else ""
    return code_marked(said) or bare


def code_marked(line: str) -> str:
    """The same of a normalised line where a bare figure is none: `#12`, `0012`, `12号队`, `编号12`."""
    found = _ALONE.fullmatch(line)
    if found is None:
        return ""
    digits = found["digits"]
    printed = digits.startswith("0") and len(digits) >= DIGITS
    return digits.zfill(DIGITS) if printed or found["sign"] or found["called"] or found["numbered"] else ""


def code_ahead(line: str) -> str:
    """A bare code ahead of an amount (`进度 9999 500元`), '' for none."""
    found = _AHEAD_OF_AN_AMOUNT.search(line)
    return found["code"].zfill(DIGITS) if found else ""


def without_codes(text: str) -> str:
    """The text with a blank for every team's code that stands apart in it."""
    return _APART.sub(" ", text)


def two_teams(text: str) -> tuple[str, str, str]:
    """The two teams that a text names one behind the other, by code or by name, and what is left; '' for none."""
    first, rest = _next(text)
    second, rest = _next(rest)
    return first, second, rest


def _next(text: str) -> tuple[str, str]:
    text = text.lstrip(_JOINS)
    if coded := team_ahead(text):
        return coded.code, coded.rest
    name, _, rest = text.partition(" ")
    return name, rest
