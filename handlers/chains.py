"""接龙: a preview of what would be written, one yes, a result per line. Only new or changed lines are written.

A line that is doubtful, or that its sender may not write, is shown with the reason and left alone. Lines are written
in order under `proposal:<id>/<line>`; what does not fit into one answer's time waits for the next yes.
"""

import secrets
from time import monotonic
from typing import Any

from handlers import chain_lines, pages, texts
from handlers.choices import ear_of, said_yes
from handlers.messages import Context, Reply, UserError
from handlers.router import Router
from handlers.texts.chains import ChainLine
from handlers.understand.chain import read_list
from storage.connections import deadline
from storage.models import Conversation

router = Router()
CONFIRM = "chains.confirm"
SPARE_SECONDS = 1.5
"""Time left of the handler's deadline at which writing stops, and the rest waits for the next message."""


@router.command("接龙")
def how_to_paste(ctx: Context) -> Reply:
    """The word without a list behind it."""
    raise UserError(texts.chains.how_to_chain())


@router.intent("chain")
def preview(ctx: Context) -> Reply:
    """What the pasted list would write, line by line, and what not and why."""
    chain = read_list(ctx.message.text, ear_of(ctx))
    lines = chain_lines.planned(ctx, chain)
    writes = [line for line in lines if line.write is not None]
    head = texts.chains.chain_head(ctx.campaign, chain.kind, lines, chain.unread, chain.cut)
    if not writes:
        return pages.opening(pages.paged(head, [texts.chains.chain_line(line) for line in lines if line.why], ""))
    ordered = [line for line in lines if line.why] + writes
    sheets = pages.paged(head, [texts.chains.chain_line(line) for line in ordered], texts.wording.CONFIRM)
    data = {
        "id": secrets.token_hex(8),
        "campaign": ctx.campaign.id,
        "kind": chain.kind,
        "writes": [[line.place, line.name, line.write] for line in writes],
        "pages": sheets[1:],
    }
    return Reply(sheets[0], conversation=Conversation(state=CONFIRM, data=data))


@router.state(CONFIRM, reminder=texts.dialogues.CHAIN)
def write(ctx: Context) -> Reply:
    """Write as many lines as the time allows, in order; each knows its op_id, so none is lost or doubled."""
    if not said_yes(ctx.args):
        return Reply(texts.chains.chain_left(bool(_data(ctx).get("written"))))
    data = _data(ctx)
    ctx = chain_lines.in_campaign(ctx, data["campaign"])
    if ctx.chosen is None:
        raise UserError(texts.campaigns.no_campaign())
    results: list[ChainLine] = []
    waiting: list[Any] = list(data["writes"])
    teams = chain_lines.teams_of(ctx, data["kind"], waiting)
    while waiting and _has_time(results):
        place, name, said = waiting.pop(0)
        results.append(chain_lines.written(ctx, data["kind"], teams, data["id"], place, name, said))
    return _told(data, results, waiting)


def _told(data: dict[str, Any], results: list[ChainLine], waiting: list[Any]) -> Reply:
    """The result of every line; while some wait, another yes goes on."""
    written = data.get("written", 0) + sum(line.done for line in results)
    head = texts.chains.chain_written(results, written, len(waiting))
    lines = [texts.chains.chain_line(line) for line in results]
    if not waiting:
        return pages.opening(pages.paged(head, lines, ""))
    sheets = pages.paged(head, lines, texts.wording.CONFIRM)
    rest = data | {"writes": waiting, "written": written, "pages": sheets[1:]}
    return Reply(sheets[0], conversation=Conversation(state=CONFIRM, data=rest))


def _has_time(results: list[ChainLine]) -> bool:
    limit = deadline.get()
    return not results or limit is None or limit - monotonic() > SPARE_SECONDS


def _data(ctx: Context) -> dict[str, Any]:
    if ctx.conversation is None:
        raise ValueError("no chain was proposed")
    return ctx.conversation.data
