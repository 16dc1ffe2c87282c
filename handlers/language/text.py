"""Text as people type it on telephones, brought into one form before anything reads it."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from handlers.language.dialect import standard

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_BLANKS = re.compile(r"[^\S\n]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。]+", re.IGNORECASE)
_INTERROGATIVE = re.compile(
    r"[?吗谁哪咋啥]|(?<![\d元块了次万千百])呢(?=[?!~。]|$)|么(?:[,.。!~ ]|$)|什么|怎么|怎样|(?<!没有)(?<!没)多少|如何"
    r"|何时|为何|(?<![没不差])多[大高宽远重](?=[,.。!~ ]|$)"
    r"|几(?=[点号时天个名次月日成])(?<!十几)(?!个[^,。?]{1,6}[捐转给送凑扫打交])"
    r"|[能可是]否|能不能|可不可以|可以不|是不是|有没有|会不会|要不要|行不行|算不算|需不需"
    r"|([^\W\d对错])[不没](?!是)\1|(?:[能会可算行得够].{0,16}|记上|到账|[完到上])(?:没有|没|不)(?=[,.。!~ ]|$)"
    r"|(?:[是要用填选走按]|是不是)[^,。;!?\d]{0,6}[\d一二两三四五六七八九十\u4e00-\u9fff]{1,6}还是[^,。;!]"
    r"|(?:有[^,。]{1,6}|[了过])没(?=[,.。!~ ]|$)|[对是]吧(?=[,.。!~ ]|$)"
    r"|(?<!不)对不对(?=[吗,.。!~ ]|$)|请问|想问|问一下|多久|第几|排几"
)
_GREETING = re.compile(
    r"^(?:(?:致|尊敬的|敬爱的)[^,:。\d]{1,8}[:,] ?|(?:(?:是)?(?:益队|小益|老师们?|机器人|同志|客服|领导|管理员|群主"
    r"|亲|各位)?(?:在吗|在么|在不在|在没在?|在不(?=[,.!?~。、 ]))"
    r"|是?(?:益队|小益)[吗么嘛吧不]?|有人[吗么没不在]*|您?你们?好|您好|喂+|哈喽|嗨|老师们?好?"
    r"|同志们?好?)[,.!?~。、 啊呀]+"
    r"|(?:在吗|在么|在不在|您?你好|您好|喂)[,.!?~。、 啊呀]*)+(?=[^\W_])"
)
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


@lru_cache(maxsize=1024)
def normalise(text: str) -> str:
    """The one form everything else reads: NFKC, no invisible characters, single spaces, lines kept.

    A list mark (①, 1️⃣, ⒈) becomes `1、`, so that it never melts into the number behind it. Fractions and
    superscripts stay as they are, so that `3½` never reads as 31.
    """
    text = _KEYCAP.sub(r"\1、", _LINE_ENDS.sub("\n", text))
    text = "".join(map(visible, text))
    text = unicodedata.normalize("NFC", text)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()


@lru_cache(maxsize=8192)
def visible(char: str) -> str:
    if char == "\n" or "!" <= char <= "~":
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _DROPPED or "\ufe00" <= char <= "\ufe0f":
        return ""
    plain = unicodedata.normalize("NFKC", char)
    if category == "No":
        if plain.rstrip(".").isascii() and plain.rstrip(".").isdigit() and char not in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉":
            return plain.rstrip(".") + "、"
        return plain if plain.startswith("(") else char
    return plain


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """The key for comparing two texts: normalised, casefolded, letters and digits only."""
    return fold(normalise(text))


def fold(line: str) -> str:
    """The key of a line that is normalised already."""
    return "".join(filter(str.isalnum, line.casefold()))


def is_question(text: str) -> bool:
    """Whether a person asks something: a question mark or an interrogative; greetings and web addresses left aside."""
    return _INTERROGATIVE.search(standard(without_addresses(without_greeting(normalise(text))))) is not None


def without_greeting(line: str) -> str:
    """A normalised line without the `在吗` or `你好` before what it is about."""
    return _GREETING.sub("", line)


def without_ending(line: str, words: tuple[str, ...], is_sign: Callable[[str], bool]) -> str:
    """A line without the words and signs at its end, taken off one at a time; of two words the longer stands first."""
    end = len(line)
    while end:
        if line.endswith(words, 0, end):
            end -= len(next(word for word in words if line.endswith(word, 0, end)))
        elif is_sign(line[end - 1]):
            end -= 1
        else:
            break
    return line[:end]


def without_addresses(text: str) -> str:
    """The text with every web address blanked."""
    return _ADDRESS.sub(" ", text)


def clean(text: str, limit: int = 60) -> str:
    """A stranger's text, safe to echo in a reply: no markup, no control characters, length-capped."""
    shown = normalise(text).replace("]]>", "").replace("<", "＜").replace(">", "＞")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
