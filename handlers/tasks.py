"""Progress in items, for campaigns that count tasks and no money: 进度 says what has been brought about, and where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from handlers import counts, texts
from handlers.hearing import ear_of
from handlers.meant import in_campaign
from handlers.messages import Context, Reply, UserError
from handlers.proposals import for_a_yes, on_yes, propose
from handlers.router import Router
from handlers.understand.answers import number_chosen, task_named
from handlers.understand.reading import read_as
from handlers.understand.readings import Counts, Items
from handlers.writes import Counting, Proposal, Tally
from storage.campaign_document import Region
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.ledger import Changed, NotAllowed
from storage.models.people import Conversation
from storage.models.reports import Count
from storage.tasks import Counted, Progress

router = Router()
ASK_TASK = "tasks.task"
Verb = Literal["count", "recount"]
TOLD: dict[Verb, Callable[[Task, str, Counted], str]] = {
    "count": texts.counts.counted,
    "recount": texts.counts.recounted,
}

TYPED: dict[Verb, tuple[str, Callable[[Campaign], str]]] = {
    "count": ("进度", texts.examples.report_example),
    "recount": ("更正", texts.examples.correction_example),
}
"""The word of either, and a whole line of it."""


def take(ctx: Context, counted: Counts) -> Reply:
    """Book a count of items per task and region, from X to Y, or put the right one in the place of the one that stands;
    what is doubtful is asked about. A number without a task is about the newest count she reported.

    Raises `UserError` for money and for what is unclear.
    """
    counts.require_no_money(ctx, [counted.said])
    counts.require_counting(ctx)
    verb: Verb = "recount" if counted.act == "recount" else "count"
    return _take(ctx, verb, counted.said)


def retract(ctx: Context, said: Items) -> Reply:
    """Take back the newest count that is named, or the newest she reported; its predecessor stands again."""
    author = ctx.author("retract")
    done = ctx.store.tasks.written(ctx.campaign, author.op_id)
    if done is None:
        newest = _to_retract(ctx, said)
        teams = ctx.store.teams.many(ctx.campaign.id, ctx.membership.codes)
        try:
            done = ctx.store.tasks.retract(ctx.campaign, author, ctx.membership, teams, newest)
        except NotAllowed:
            raise UserError(texts.counts.not_your_count(ctx.campaign.region(newest.region).name)) from None
        except Changed:
            raise UserError(texts.counts.count_moved()) from None
    task = counts.task_of(ctx.campaign, done.task)
    return Reply(texts.counts.count_retracted(task, ctx.campaign.region(done.region).name, done))


@router.state(ASK_TASK, reminder=texts.dialogues.TASK)
def take_task(ctx: Context) -> Reply:
    """Several tasks could be meant: she chose one, by number or by name."""
    ctx, data = _opened(ctx)
    offered = [counts.task_of(ctx.campaign, task) for task in data["tasks"]]
    number = number_chosen(ctx.args, len(offered))
    task = task_named(ctx.campaign, ctx.args) if number is None else offered[number]
    if task not in offered:
        raise UserError(texts.dialogues.choose_a_number(len(offered)))
    told = read_as("report", data["text"], ear_of(ctx))
    if not isinstance(told, Counts):
        raise TypeError(f"no count was told: {told}")
    return _book_or_ask(ctx, data["verb"], told.said, task)


@on_yes(router, Counting, reminder=texts.dialogues.COUNT)
def make(ctx: Context, proposal: Proposal, counting: Counting) -> Reply:
    """Write a doubted count, if the count it was held against still stands."""
    said = counting.tally
    task, region = counts.task_of(ctx.campaign, said.task), ctx.campaign.region(said.region)
    author = ctx.confirming(proposal.id)
    done = ctx.store.tasks.written(ctx.campaign, author.op_id)
    if done is None:
        if counts.standing(ctx, task, region) != said.before:
            return Reply(texts.counts.count_moved())
        counts.require_counting(ctx)
        done = counts.write(ctx, author, task, region, said.count)
    return Reply(TOLD[counting.verb](task, region.name, done))


def rows(campaign: Campaign, standing: Mapping[str, int], regions: Sequence[Region]) -> list[str]:
    """One line per task that is asked for in these regions: where it stands."""
    return [texts.counts.task_row(campaign, each) for each in progress(campaign, standing, regions)]


def progress(campaign: Campaign, standing: Mapping[str, int], regions: Sequence[Region]) -> Iterator[Progress]:
    """Where each task stands that is asked for in these regions."""
    for task in campaign.tasks:
        asked = [r for r in regions if not task.regions or r.id in task.regions]
        stands = tuple((r.name, standing[cell]) for r in asked if (cell := f"{task.id}|{r.id}") in standing)
        if asked:
            yield Progress(task, stands, len(asked))


def _take(ctx: Context, verb: Verb, said: Items) -> Reply:
    """What a line says, if it says one thing. Raises `UserError` for what is doubtful or missing."""
    if said.doubt and said.doubt.reason == "nothing":
        return Reply(texts.counts.nothing_new(ctx.campaign))
    if said.doubt:
        raise UserError(texts.counts.doubtful_count(said.doubt.reason, said.doubt.words, _line(ctx, verb, said)))
    if said.count is None:
        raise UserError(texts.counts.how_to_count(ctx.campaign))
    if not said.tasks and (verb == "recount" or said.step):
        said = _of_the_newest(ctx, said)
    offered = said.tasks or ctx.campaign.tasks
    if len(offered) == 1:
        return _book_or_ask(ctx, verb, said, offered[0])
    tasks = [task.id for task in offered]
    text = ctx.args if verb == "recount" else ctx.message.text
    data = {"campaign": ctx.campaign.id, "verb": verb, "text": text, "tasks": tasks}
    return Reply(texts.counts.which_task(offered), conversation=Conversation(state=ASK_TASK, data=data))


def _line(ctx: Context, verb: Verb, said: Items) -> str:
    """The line to type instead: of her task and her region where she named them."""
    task, region = said.task, said.region or counts.her_region(ctx)
    if task is None or region is None:
        return TYPED[verb][1](ctx.campaign)
    return texts.examples.count_of(TYPED[verb][0], region.name, task)


def _of_the_newest(ctx: Context, said: Items) -> Items:
    """A number without a task is about the newest count she reported. Raises `UserError` where there is none."""
    newest = counts.newest_of_hers(ctx)
    if newest is None or (said.region and said.region.id != newest.region):
        raise UserError(texts.counts.no_count_to_change(ctx.campaign))
    return replace(
        said,
        tasks=(counts.task_of(ctx.campaign, newest.task),),
        region=ctx.campaign.region(newest.region),
    )


def _book_or_ask(ctx: Context, verb: Verb, said: Items, task: Task) -> Reply:
    author = ctx.author(verb)
    if done := ctx.store.tasks.written(ctx.campaign, author.op_id):
        return Reply(TOLD[verb](task, ctx.campaign.region(done.region).name, done))
    region = counts.region_meant(ctx, said, task)
    present = counts.standing(ctx, task, region)
    reached = (said.count or 0) if not said.step else (present or 0) + said.step * (said.count or 0)
    if reached < 0:
        raise UserError(texts.counts.doubtful_count("negative", f"{present or 0} → {reached}", _line(ctx, verb, said)))
    doubted = list(counts.doubts(said, ctx.message.text, task, present, reached))
    if verb == "count" and reached < (present or 0):
        doubted.append(texts.counts.doubt_fewer())
    if verb == "recount" and present is None:
        doubted.append(texts.counts.doubt_nothing_stands())
    if reached == present:
        return Reply(texts.counts.count_same(task, region.name, present))
    if not doubted:
        return Reply(TOLD[verb](task, region.name, counts.write(ctx, author, task, region, reached)))
    counting = Counting(Tally(task.id, region.id, present, reached), verb)
    question = texts.counts.ask_count(task, region.name, present, reached, doubted)
    return for_a_yes(question, propose(ctx, counting, lowers=reached < (present or 0)))


def _to_retract(ctx: Context, said: Items) -> Count:
    """The newest count she reported, of the task and the region she names; of a named task also another's.

    Raises `UserError` where there is none, or where she takes back another number than that.
    """
    named = {task.id for task in said.tasks}
    region = said.region or (counts.her_region(ctx) if named else None)
    fitting = [
        count
        for count in ctx.store.tasks.newest(ctx.campaign.id)
        if (not named or count.task in named) and (region is None or count.region == region.id)
    ]
    others = fitting if named and len(fitting) == 1 else []
    meant = next(iter([count for count in fitting if count.by == ctx.person.id] or others), None)
    if meant is None or said.count not in (None, meant.count):
        raise UserError(texts.counts.no_count_to_retract(ctx.campaign))
    return meant


def _opened(ctx: Context) -> tuple[Context, dict[str, Any]]:
    """What was asked, and the context in the campaign in which it was."""
    if ctx.conversation is None:
        raise ValueError("nothing was asked")
    return in_campaign(ctx, ctx.conversation.data["campaign"]), ctx.conversation.data
