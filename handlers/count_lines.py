"""The lines of a pasted list of counts: of which task and region each is, whether it may be written, and the write."""

from collections.abc import Iterable

from handlers import counts, texts
from handlers.messages import Context, UserError
from handlers.texts.chains import ChainLine
from handlers.understand.readings import CountLine
from handlers.writes import Tally
from storage.campaign_document import Region
from storage.campaign_extras import Task
from storage.ledger import Author, Changed

SHOWN = 24


def planned(ctx: Context, lines: Iterable[CountLine]) -> Iterable[ChainLine]:
    """What each line would write, or why it writes nothing; of two lines about one count the first is kept."""
    lines = list(lines)
    counts.require_no_money(ctx, [line.said for line in lines])
    counts.require_counting(ctx)
    seen: dict[str, int] = {}
    for line in lines:
        try:
            task, region = _meant(ctx, line)
        except UserError as error:
            yield ChainLine(line.place, texts.wording.echo(line.typed, SHOWN), why=error.text)
            continue
        again = seen.setdefault(f"{task.id}|{region.id}", line.place)
        if again != line.place:
            yield ChainLine(line.place, texts.wording.echo(line.typed, SHOWN), why=texts.counts.count_again(again))
        else:
            yield _planned(ctx, line, task, region)


def written(ctx: Context, author: Author, said: Tally) -> str:
    """Write one line of a confirmed list. Returns what is said of it.

    Raises `Changed` where the count it was held against stands no longer, `UserError` where it may not be written.
    """
    task, region = counts.task_of(ctx.campaign, said.task), ctx.campaign.region(said.region)
    done = ctx.store.tasks.written(ctx.campaign, author.op_id)
    if done is None:
        if counts.standing(ctx, task, region) != said.before:
            raise Changed(region.id)
        done = counts.write(ctx, author, task, region, said.count)
    return texts.counts.count_booked(task, done)


def _meant(ctx: Context, line: CountLine) -> tuple[Task, Region]:
    said = line.said
    if said.doubt:
        raise UserError(texts.counts.count_line_doubtful(said.doubt.reason, said.doubt.words))
    if said.task is None:
        raise UserError(texts.counts.count_line_unclear([task.name for task in said.tasks]))
    return said.task, counts.region_meant(ctx, said, said.task)


def _planned(ctx: Context, line: CountLine, task: Task, region: Region) -> ChainLine:
    name, count = texts.counts.count_name(task, region.name), line.said.count or 0
    present = counts.standing(ctx, task, region)
    if line.said.step:
        return ChainLine(line.place, name, why=texts.chains.LINE_INCREMENT)
    if count == present:
        return ChainLine(line.place, name, why=texts.chains.LINE_SAME, unchanged=True)
    doubted = list(counts.doubts(line.said, line.typed, task, present, count))
    doubted += [texts.counts.doubt_fewer()] if count < (present or 0) else []
    if doubted:
        return ChainLine(line.place, name, why="；".join(doubted))
    said = texts.counts.from_to(task, present, count)
    return ChainLine(line.place, name, said=said, write=Tally(task.id, region.id, present, count))
