"""What a free sentence wants. A command is a word alone or with arguments that parse; questions come first."""

import re

from handlers.understand import roles, wants
from handlers.understand.amounts import Doubt, Figures, read_figures
from handlers.understand.dialect import standard
from handlers.understand.items import told as told_of_tasks
from handlers.understand.names import find_project, find_region
from handlers.understand.numerals import DIGITS
from handlers.understand.otherwise import tells_otherwise
from handlers.understand.places import regions_within
from handlers.understand.registration import read_registration
from handlers.understand.repair import puts_itself_right
from handlers.understand.sayings import nearest_saying
from handlers.understand.text import is_question, squash
from handlers.understand.wishes import as_said, asks_for_more
from handlers.understand.words import WORDS, Intent
from storage.campaign_schema import Campaign

__all__ = ["Intent", "may_turn", "read_intent"]

_HEAD = re.compile(r"^([\u4e00-\u9fffA-Za-z]+)(?:[\s:,、,]+)(.+)$", re.DOTALL)
_ASKING = re.compile(r"^(?:请问|想问|问)(?:一?下|下子)?[,: ]*")
_CORRECTED_AFTER = re.compile(
    rf"(?:应该?|改[成为]|实际|其实|重新报|正确|是|以)[^,。\d]{{0,4}}(?:\d|[{DIGITS}]+[十百千万])"
)
"""`刚才那条不算，应该是3400`: what is taken back is put right in the same breath."""
_OFFICES = re.compile(r"红十字会|红会|慈善(?:总?会|基金会)|民政局|团省委")
"""Names that stand in many lines and say nothing about what is wanted."""


def read_intent(campaign: Campaign, text: str) -> Intent:
    """The intent of a free sentence; `unknown` where none is plain enough to act upon.

    A complaint is heard even as a question; any other question is about data, a person, a picture, the bot,
    or a rule. A statement with readable figures is a report, one that says a figure was wrong a correction.
    """
    said = as_said(text)
    line = standard(said)
    if not squash(line):
        return "unknown"
    if word := WORDS.get(squash(said)) or WORDS.get(squash(line)):
        return word
    if asks_for_more(said):
        return "more"
    if wants.INCIDENT.search(line) and not wants.ASKS_LEAVE.search(line):
        return "incident"
    if wants.UNDECIDED.search(line):
        return "register"
    if wants.CORRECTS_A_NAME.search(line):
        return "correct"
    if is_question(line):
        plain = _ASKING.sub("", line)
        wishes = wants.WISHES.search(plain) and not is_question(plain)
        return "register" if wishes else _question(campaign, line)
    if intent := _command(campaign, said):
        return intent
    return _statement(campaign, said, line)


def may_turn(line: str) -> bool:
    """Whether any word of a line may turn a report into something else: a correction, a retraction, a tale."""
    line = standard(line)
    turned = (
        wants.CORRECT.search(line)
        or wants.DIFFERS.search(line)
        or wants.CORRECTS_A_NAME.search(line)
        or wants.RETRACT.search(line)
    )
    return turned is not None or tells_otherwise(line) != ""


def _question(campaign: Campaign, line: str) -> Intent:
    if wants.AMEND.search(line) and read_figures(line) is None:
        return "amend"
    if wants.HOW_TO.search(line):
        return "help"
    if wants.HOW_MUCH.search(line) and (regions_within(campaign, line) or find_project(campaign, line)[0]):
        return "rank"
    for intent, pattern in _ASKED:
        if pattern.search(line):
            return intent
    return _like_what_is_known(campaign, line, "rule")


_ASKED: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("regions", roles.REGIONS),
    ("waiting", roles.WAITING),
    ("unanswered", roles.UNANSWERED),
    ("privacy", wants.ERASES),
    ("rank", roles.OWN_REGION),
    ("team", wants.TEAM),
    ("rank", wants.RANK),
    ("privacy", wants.PRIVACY),
    ("rule", wants.PRIVATE),
    ("contact", wants.CONTACT),
    ("qr", wants.QR),
    ("bulletin", wants.BULLETIN),
    ("campaigns", wants.CAMPAIGNS),
)


def _command(campaign: Campaign, line: str) -> Intent | None:
    """A word with a separator behind it, when what follows can be its argument."""
    head = _HEAD.match(line)
    intent = WORDS.get(squash(head[1])) if head else None
    if head is None or intent is None:
        return None
    arguments = head[2]
    if intent == "correct" and wants.RETRACT.search(arguments):
        return None
    if intent == "report":
        counted = read_figures(arguments) is not None or told_of_tasks(campaign, arguments) is not None
        return "report" if counted else None
    if intent in ("rank", "bulletin", "qr", "contact"):
        named = find_region(campaign, arguments)[0] or find_project(campaign, arguments)[0]
        return intent if named or len(squash(arguments)) <= 12 else None
    return intent if intent in ("register", "correct", "retract", "incident", "rule", "team", "campaigns") else None


def _statement(campaign: Campaign, said: str, line: str) -> Intent:
    """What a line wants that asks nothing; `line` is what was `said`, in standard words."""
    for intent, pattern in _CODED:
        if pattern.search(line):
            return intent
    figures = read_figures(said)
    if figures is None and wants.UNSUBSCRIBE.search(line):
        return "unsubscribe"
    if figures is None and wants.SUBSCRIBE.search(line):
        return "subscribe"
    if wants.RETRACT.search(line) and not wants.NOT_RETRACTED.search(line):
        return "correct" if figures is not None and _CORRECTED_AFTER.search(line) else "retract"
    if wants.AMEND.search(line) and figures is None:
        return "amend"
    if figures is None and (wants.LEAVE.search(line) or wants.ERASES.search(line)):
        return "leave"
    if puts_itself_right(line):
        return "report"
    if wants.CORRECT.search(line) or wants.DIFFERS.search(line):
        return "correct"
    if _registers(campaign, said, line):
        return "register"
    if _reports(campaign, line, figures):
        return "report"
    for intent, pattern in _SAID:
        if pattern.search(line):
            return intent
    return _like_what_is_known(campaign, line, "unknown") if figures is None else "unknown"


_CODED: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("bind", roles.BIND),
    ("approve", roles.APPROVE),
    ("reject", roles.REJECT),
)
"""Wants with a code, whose digits are no figures."""
_SAID: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    ("regions", roles.REGIONS),
    ("waiting", roles.WAITING),
    ("unanswered", roles.UNANSWERED),
    ("rank", roles.OWN_REGION),
    ("qr", wants.QR),
    ("cancel", wants.CANCEL),
    ("rule", wants.PRIVATE),
    ("privacy", wants.PRIVACY),
    ("register", wants.REGISTER),
    ("team", wants.TEAM),
    ("rank", wants.RANK),
    ("bulletin", wants.BULLETIN),
    ("contact", wants.CONTACT),
    ("campaigns", wants.CAMPAIGNS),
    ("confirm", wants.CONFIRM),
    ("help", wants.HELP),
    ("thanks", wants.THANKS),
)


def _like_what_is_known(campaign: Campaign, line: str, otherwise: Intent) -> Intent:
    """The want of the nearest known saying, names of projects and regions left aside, or `otherwise`."""
    project, rest = find_project(campaign, line)
    region, rest = find_region(campaign, rest)
    said = _OFFICES.sub("", f"某{rest}" if project or region else rest)
    return nearest_saying(said, otherwise == "rule") or otherwise


def _registers(campaign: Campaign, said: str, line: str) -> bool:
    """A registration line without its command word: a unit and two more of project, captain, telephone."""
    registration = read_registration(campaign, said)
    if not registration.unit:
        return False
    named = (registration.project is not None, bool(registration.captain), bool(registration.phone))
    wished = wants.REGISTER.search(line) or wants.WISHES.search(line) or wants.SIGNS_UP.search(line)
    return sum(named) >= 2 or (any(named) and wished is not None)


def _reports(campaign: Campaign, line: str, figures: Figures | Doubt | None) -> bool:
    """Figures make a report beside a reporting word or a unit of money or 人次, or when they stand alone."""
    if told_of_tasks(campaign, line):
        return not tells_otherwise(line, campaign.year)
    if figures is None or wants.NOTHING_CAME.search(line):
        return False
    if _tells_otherwise(campaign, line) and not wants.OF_HER_TEAM.search(line):
        return False
    if isinstance(figures, Figures) and len(squash(line)) == 1 and squash(line).isdigit():
        return False
    if wants.REPORT.search(line) or re.search(r"\d ?(?:元|块|万|w|k)|[百千万]元?|¥", line, re.IGNORECASE):
        return True
    said_besides = figures.rest if isinstance(figures, Figures) else line
    return len(squash(said_besides)) <= 8


def _tells_otherwise(campaign: Campaign, line: str) -> bool:
    """Whether a line speaks of something else; the words of a project's name (阅芽计划, 免费午餐) say nothing."""
    return tells_otherwise(line, campaign.year) != "" and (
        tells_otherwise(find_project(campaign, line)[1], campaign.year) != ""
    )
