"""接龙: a preview of what would be written, one yes, a result per line. Only new or changed lines are written.

A line that is doubtful, or that its sender may not write, is shown with the reason and left alone. Lines are written
in order under `proposal:<id>/<line>`; what does not fit into one answer's time waits for the next yes.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from handlers import chain_lines, chain_texts, pages, texts
from handlers.hearing import ear_of
from handlers.language.names import find_region
from handlers.messages import Context, Reply, UserError
from handlers.proposals import on_yes, propose, waits
from handlers.router import Router
from handlers.texts.chains import ChainLine
from handlers.understand.put_right import PutRight, line_put_right, with_line_put_right
from handlers.understand.reading import read
from handlers.understand.readings import Chain, Reading
from handlers.wishes.teams import ends_like_a_place
from handlers.writes import Line, Lines, Proposal
from storage.connections import deadline

router = Router()
SPARE_SECONDS = 1.5
"""Time left of the handler's deadline at which writing stops, and the rest waits for the next message."""


@router.command(
    "接龙", summary="接龙 永善县：贴到群里的最新数字", audience="coordinator", aside=True, accepts=ends_like_a_place
)
def chain_word(ctx: Context) -> Reply:
    """With a place behind it, that place's figures to paste into a group; else how a list is pasted here."""
    if ctx.args and find_region(ctx.campaign, ctx.args)[0]:
        return chain_texts.chain_of_a_place(ctx)
    raise UserError(texts.chains.how_to_chain())


@router.intent("chain")
def preview(ctx: Context) -> Reply:
    """What the pasted list would write, line by line, and what not and why."""
    chain = ctx.reading
    if not isinstance(chain, Chain):
        raise TypeError(f"no list was read: {chain}")
    return _previewed(ctx, chain, ctx.message.text, ())


def _previewed(ctx: Context, chain: Chain, text: str, rights: Sequence[PutRight]) -> Reply:
    """A list as it would be written; its `text` is kept with what was put right of it, for what she says of a line."""
    lines = chain_lines.planned(ctx, chain)
    writes = [line for line in lines if line.write is not None]
    head = texts.chains.chain_head(ctx.campaign, chain.kind, lines, chain.unread, chain.cut)
    if not writes:
        return pages.opening(pages.paged(head, [texts.chains.chain_line(line) for line in lines if line.why], ""))
    ordered = [line for line in lines if line.why] + writes
    sheets = pages.paged(head, [texts.chains.chain_line(line) for line in ordered], texts.wording.CONFIRM)
    waiting = tuple(Line(line.place, line.name, line.write) for line in lines if line.write is not None)
    proposal = propose(ctx, Lines(chain.kind, waiting))
    open_ = waits(proposal, asked=sheets[0], pages=sheets[1:], text=text, rights=rights)
    return Reply(sheets[0], conversation=open_)


def _amended(ctx: Context, lines: Lines) -> Reply | None:
    """`第2条是950`: the list that waits, shown again with other figures in one line; None where she names no line."""
    ear, asked = ear_of(ctx), ctx.conversation
    right = line_put_right(ctx.args, ear)
    if right is None or asked is None:
        return None
    chain: Reading | None = read(asked.data["text"], ear) if asked.data.get("text") else None
    rights = [*(PutRight(*each) for each in asked.data.get("rights", ())), right]
    for each in rights:
        chain = with_line_put_right(chain, each, ear) if isinstance(chain, Chain) else None
    if not isinstance(chain, Chain):
        return Reply(texts.chains.not_put_right(right.place), conversation=asked)
    return _previewed(ctx, chain, asked.data["text"], rights)


def _left(lines: Lines) -> str:
    return texts.chains.chain_left(some_written=lines.written > 0)


@on_yes(router, Lines, reminder=texts.dialogues.CHAIN, left=_left, amends=_amended)
def make(ctx: Context, proposal: Proposal, lines: Lines) -> Reply:
    """Write as many lines as the time allows, in order; each knows its op_id, so none is lost or doubled."""
    results: list[ChainLine] = []
    waiting = list(lines.lines)
    teams = chain_lines.teams_of(ctx, waiting)
    while waiting and _has_time(results):
        results.append(chain_lines.written(ctx, teams, proposal, waiting.pop(0)))
    return _told(proposal, lines, results, waiting)


def _told(proposal: Proposal, lines: Lines, results: Sequence[ChainLine], waiting: Sequence[Line]) -> Reply:
    """The result of every line; while some wait, another yes goes on."""
    written = lines.written + sum(line.done for line in results)
    head = texts.chains.chain_written(results, written, len(waiting))
    told = [texts.chains.chain_line(line) for line in results]
    if not waiting:
        return pages.opening(pages.paged(head, told, ""))
    sheets = pages.paged(head, told, texts.wording.CONFIRM)
    rest = replace(proposal, write=Lines(lines.of, tuple(waiting), written))
    return Reply(sheets[0], conversation=waits(rest, asked=sheets[0], pages=sheets[1:]))


def _has_time(results: list[ChainLine]) -> bool:
    limit = deadline.get()
    return not results or limit is None or limit - monotonic() > SPARE_SECONDS
