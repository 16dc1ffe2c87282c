"""The lines of a pasted list: what each would write or why not, and the write, by what the list is of."""

from collections.abc import Iterable

from handlers import chain_entries, chain_reports, count_lines, texts
from handlers.chain_reports import Known
from handlers.messages import Context, UserError
from handlers.texts.chains import ChainLine
from handlers.understand.readings import Chain
from handlers.writes import Enters, Figure, Line, Proposal, Tally
from storage.ledger import Changed, NotAllowed, Taken


def planned(ctx: Context, chain: Chain) -> list[ChainLine]:
    """What each line would write, or why it writes nothing."""
    if chain.kind == "registration":
        return list(chain_entries.planned(ctx, chain.entries))
    if chain.kind == "counts":
        return list(count_lines.planned(ctx, chain.counts))
    return chain_reports.planned(ctx, chain.progress)


def teams_of(ctx: Context, lines: Iterable[Line]) -> dict[str, Known]:
    """The teams that the reports of a proposal are about, as they are now."""
    codes = [line.write.code for line in lines if isinstance(line.write, Figure)]
    return {team.code: Known(team.version, team) for team in ctx.store.teams.many(ctx.campaign.id, codes)}


def written(ctx: Context, teams: dict[str, Known], proposal: Proposal, line: Line) -> ChainLine:
    """Write one line of a confirmed proposal; a line that was written already answers the same.

    `teams` are those of the proposal, each as the lines before have left it.
    """
    place, name = line.place, line.name
    author = ctx.confirming(proposal.id, place)
    try:
        match line.write:
            case Figure() as figure:
                said = chain_reports.written(ctx, author, teams[figure.code], proposal, figure)
            case Tally() as tally:
                said = count_lines.written(ctx, author, tally)
            case Enters() as entry:
                said = chain_entries.written(ctx, author, entry)
        return ChainLine(place, name, said=said, done=True)
    except Taken as taken:
        return ChainLine(place, name, why=texts.chains.line_taken(taken.holder), unchanged=True)
    except Changed:
        return ChainLine(place, name, why=texts.chains.LINE_CHANGED)
    except NotAllowed:
        return ChainLine(place, name, why=texts.chains.LINE_NOT_YOURS)
    except UserError as error:
        return ChainLine(place, name, why=error.text)
