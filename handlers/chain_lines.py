"""The lines of a pasted list: what each would write or why not, and the write, by what the list is of."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handlers import chain_entries, chain_reports, count_lines, texts
from handlers.chain_reports import Known
from handlers.messages import Context, UserError
from handlers.texts.chains import ChainLine, Write
from handlers.understand.chain import Chain
from storage.ledger import Changed, NotAllowed, Taken


def in_campaign(ctx: Context, campaign: str) -> Context:
    """The campaign for which the list was pasted, whichever she spoke of since."""
    return replace(ctx, chosen=next((c for c in ctx.campaigns if c.id == campaign), None))


def planned(ctx: Context, chain: Chain) -> list[ChainLine]:
    """What each line would write, or why it writes nothing."""
    if chain.kind == "registration":
        return list(chain_entries.planned(ctx, chain.entries))
    if chain.kind == "counts":
        return list(count_lines.planned(ctx, chain.counts))
    return chain_reports.planned(ctx, chain.progress)


def teams_of(ctx: Context, kind: str, writes: Iterable[Any]) -> dict[str, Known]:
    """The teams that the reports of a proposal are about, as they are now."""
    codes = [said[0] for _, _, said in writes] if kind == "progress" else []
    return {team.code: Known(team.version, team) for team in ctx.store.teams.many(ctx.campaign.id, codes)}


def written(
    ctx: Context, kind: str, teams: dict[str, Known], proposal: str, place: int, name: str, said: Write
) -> ChainLine:
    """Write one line of a confirmed proposal; a line that was written already answers the same.

    `teams` are those of the proposal, each as the lines before have left it.
    """
    try:
        if kind == "counts":
            return count_lines.written(ctx, proposal, place, name, said)
        if kind == "progress":
            return chain_reports.written(ctx, teams[said[0]], proposal, place, name, said)
        return chain_entries.written(ctx, proposal, place, name, said)
    except Taken as taken:
        return ChainLine(place, name, why=texts.chains.line_taken(taken.holder), unchanged=True)
    except Changed:
        return ChainLine(place, name, why=texts.chains.LINE_CHANGED)
    except NotAllowed:
        return ChainLine(place, name, why=texts.chains.LINE_NOT_YOURS)
    except UserError as error:
        return ChainLine(place, name, why=error.text)
