"""What is said first and last: help, thanks, leaving a dialogue, and what was not understood."""

from rapidfuzz import fuzz, process

from handlers import texts
from handlers.messages import Context, Reply
from handlers.router import Router
from handlers.understand.sound import sounds_alike
from handlers.understand.text import squash

router = Router()
LIKELY = 60


@router.command("帮助", "菜单", "帮忙", "help", "功能", summary="帮助：能说什么", aside=True)
@router.intent("help")
def show_help(ctx: Context) -> Reply:
    """What can be said, by role; generated from the words themselves."""
    is_captain = any(m.codes for m in ctx.memberships.values())
    is_coordinator = any(m.roles for m in ctx.memberships.values())
    shown = {
        "all": texts.HELP_FOR_ALL,
        "captain": texts.HELP_FOR_CAPTAINS if is_captain or not is_coordinator else "",
        "coordinator": texts.HELP_FOR_COORDINATORS if is_coordinator else "",
    }
    sections = [
        texts.help_section(title, [w.summary for w in ctx.vocabulary if w.audience == audience])
        for audience, title in shown.items()
        if title
    ]
    return Reply(texts.help_page(sections))


@router.command("算了", "取消", "退出", "不了", "放弃")
@router.intent("cancel")
def leave(ctx: Context) -> Reply:
    """Leave whatever dialogue is open, and those beneath it."""
    return Reply(texts.left() if ctx.conversation else texts.nothing_to_leave())


@router.intent("confirm")
def nothing_to_confirm(ctx: Context) -> Reply:
    return Reply(texts.nothing_to_confirm())


@router.intent("thanks")
def thanks(ctx: Context) -> Reply:
    return Reply(texts.you_are_welcome())


@router.intent("unknown")
def not_understood(ctx: Context) -> Reply:
    """Nothing fits: words that sound like hers are offered, else the nearest."""
    said, words = squash(ctx.args), [w.word for w in ctx.vocabulary]
    near = [word for word in words if sounds_alike(said[: len(word)], word)]
    if not near:
        alike = process.extract(said[:8], words, scorer=fuzz.ratio, limit=3, score_cutoff=LIKELY)
        near = [word for word, _, _ in alike]
    return Reply(texts.unknown(near))
