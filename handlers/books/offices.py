"""舆情, 任务 and 操作记录: what offices look after and what they did. Of a case neither words nor reporter."""

from collections.abc import Iterator

from handlers import texts
from handlers.books.columns import CODE, REGION, UNIT, Column, Row
from storage.books import Act, Book

CASES = (
    Column("编号", width=8),
    Column("类别"),
    Column("程度"),
    Column("处理情况"),
    REGION,
    Column("收到时间", "moment", 17),
    Column("处理期限", "moment", 17),
    Column("结案时间", "moment", 17),
    Column("结果", width=30),
)


def cases(book: Book) -> Iterator[Row]:
    for case in book.incidents:
        region = book.campaign.region(case.region).name if case.region else ""
        state = texts.books.CASE_STATES[case.state]
        yield (
            case.number,
            texts.cases.SORTS[case.sort],
            texts.cases.LEVELS[case.level],
            state,
            region,
            case.at,
            case.due,
            case.closed_at,
            case.result,
        )


TASKS = (Column("任务", width=24), REGION, Column("数量", "count"))


def tasks(book: Book) -> Iterator[Row]:
    names = {task.id: task.name for task in book.campaign.tasks}
    for cell, count in sorted(book.tasks.items()):
        task, region = cell.split("|")
        yield names.get(task, task), book.campaign.region(region).name, count


ACTS = (
    Column("时间", "moment", 17),
    Column("办理单位", width=18),
    Column("办理人", width=10),
    Column("操作", width=16),
    CODE,
    UNIT,
    Column("操作前", width=30),
    Column("操作后", width=30),
)


def acts(book: Book) -> Iterator[Row]:
    for act in book.acts:
        team = act.after or act.before
        of_team = (team.code, team.unit) if team else ("", "")
        what = texts.books.act_name(act)
        yield act.entry.at, *_who(book, act), what, *of_team, *texts.books.from_and_to(book.campaign, act)


def _who(book: Book, act: Act) -> tuple[str, str]:
    """The office, and what she who acted for it is called there."""
    if act.office is None:
        return texts.books.OPERATORS, ""
    return texts.naming.office_name(book.campaign, act.office), book.names.get(act.entry.by, "")
