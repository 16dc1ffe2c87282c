"""Progress in items: what is asked for, counted, corrected, taken back, and why not."""

from collections.abc import Sequence

from handlers.texts.examples import correction_example, report_example
from handlers.texts.naming import day_name
from handlers.texts.wording import CONFIRM, echo, numbered
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign
from storage.tasks import Counted, Progress


def money_not_reported(campaign: Campaign) -> str:
    return f"“{campaign.short}”不统计筹款，只报各项任务的件数，不能记录金额和人次，没有记录。\n{how_to_count(campaign)}"


def how_to_count(campaign: Campaign) -> str:
    listed = "\n".join(f"· {task.name}{_asked(task)}" for task in campaign.tasks)
    return f"请说哪一项、哪里、共几件，例如：{report_example(campaign)}\n{listed}"


def nothing_new(campaign: Campaign) -> str:
    return f"好的，没有新增，已记录的件数不变，不用再报。有变化时报累计件数，例如：{report_example(campaign)}"


_DOUBTFUL_COUNTS = {
    "nothing": "没有件数，已记录的不变",
    "malformed": "数字的写法有疑问",
    "vague": "不是准确的件数",
    "negative": "数字是负的",
    "several": "有好几个数字，分不清哪个是件数",
    "absurd": "数字大得不寻常",
    "unclear": "说的可能不是已经做成的件数",
}


def count_line_doubtful(reason: str, excerpt: str) -> str:
    return f"“{echo(excerpt)}”{_DOUBTFUL_COUNTS.get(reason, _DOUBTFUL_COUNTS['unclear'])}"


def doubtful_count(reason: str, excerpt: str, line: str) -> str:
    """Why a count is not recorded, in her own words; `line`: how hers is said."""
    why = f"{count_line_doubtful(reason, excerpt)}，没有记录，不能直接记。"
    return f"{why}这里记累计件数，请发送准确的数字，例如：{line}"


def which_task(tasks: Sequence[Task]) -> str:
    return f"说的是哪一项？还没有记录，请回复数字：\n{numbered([f'{task.name}{_asked(task)}' for task in tasks])}"


def count_line_unclear(names: Sequence[str]) -> str:
    return f"分不清是哪一项（{'、'.join(names)}）" if names else "没有看到是哪一项"


def count_again(place: int) -> str:
    return f"和第{place}行是同一项，请只留一行"


def doubt_period() -> str:
    return "说的可能只是那段时间的；这里记的是到现在为止的累计件数"


def doubt_added(step: int) -> str:
    return f"按在已记录的件数上{'加' if step > 0 else '减'}理解"


def doubt_old_count(old: int | None, task: Task) -> str:
    return f"已记录的不是{old}{task.unit}"


def doubt_leap() -> str:
    return "相差十倍以上，请核对是不是打错了数字"


def doubt_nothing_stands() -> str:
    return "这一项还没有报过，没有可以更正的"


def doubt_fewer() -> str:
    return "比已记录的少"


def no_count_to_change(campaign: Campaign) -> str:
    return f"没有找到您最近报过的件数，没有改动。请带上是哪一项，例如：{correction_example(campaign)}"


def no_count_to_retract(campaign: Campaign) -> str:
    return (
        "没有找到可以撤回的件数，没有改动：每一项只能撤回最近一次报的，撤回后再早的不能再撤。"
        f"要改成别的数请说：{correction_example(campaign)}"
    )


def count_where(task: str, regions: Sequence[str]) -> str:
    return f"“{task}”是哪里的？请带上地名再发一次：{'、'.join(regions)}"


def not_your_count(region: str) -> str:
    return f"您在{region}没有队伍，它也不在您的辖区内，不能代为上报，没有记录。"


def count_moved() -> str:
    return "这个数字刚刚有变化，没有记录，请再发一次。"


def count_name(task: Task, region: str) -> str:
    return f"{region}·{task.name}"


def from_to(task: Task, before: int | None, now: int | None) -> str:
    """From X to Y; where no count stands any more that is said."""
    return f"{before or 0} → {now}{task.unit}" if now is not None else f"{before}{task.unit} → 没有上报"


def count_booked(task: Task, done: Counted) -> str:
    return f"已记录 {from_to(task, done.before, done.now)}"


def counted(task: Task, region: str, done: Counted) -> str:
    return f"已记录 {_count_echo(task, region, done)}{_asked(task)}"


def recounted(task: Task, region: str, done: Counted) -> str:
    return f"已更正 {_count_echo(task, region, done)}{_asked(task)}"


def count_retracted(task: Task, region: str, done: Counted) -> str:
    return f"已撤回 {_count_echo(task, region, done)}"


def _count_echo(task: Task, region: str, done: Counted) -> str:
    return f"{count_name(task, region)}：{from_to(task, done.before, done.now)}"


def count_same(task: Task, region: str, count: int) -> str:
    return f"{count_name(task, region)} 已经是{count}{task.unit}，没有改动。"


def ask_count(task: Task, region: str, before: int | None, now: int, doubts: Sequence[str]) -> str:
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    return (
        f"还没有记录，请核对 {count_name(task, region)}：\n{listed}\n"
        f"现在是{before or 0}{task.unit}，将改为{now}{task.unit}。\n{CONFIRM}"
    )


def task_row(campaign: Campaign, progress: Progress) -> str:
    """Where one task stands: who reported how many, and how many have what is asked for."""
    task, deadline, done = progress.task, task_deadline(campaign, progress.task), task_done(progress)
    reported = "、".join(f"{name}{count}{task.unit}" for name, count in progress.stands) or nobody_reported()
    head = "，".join(filter(None, (f"{task.name}{_asked(task)}", deadline, done)))
    return f"▍{head}\n{reported}"


def task_asks(campaign: Campaign, task: Task) -> str:
    """`不少于3个，6月30日前`: what is asked for, and until when."""
    return "，".join(filter(None, (_asked(task).strip("（）"), task_deadline(campaign, task))))


def task_deadline(campaign: Campaign, task: Task) -> str:
    return f"{day_name(campaign.local(task.deadline))}前" if task.deadline else ""


def task_done(progress: Progress) -> str:
    """`4/6处达到`; '' where nothing is counted that way."""
    counted = progress.task.per_region and progress.task.least is not None
    return f"{progress.reached}/{progress.asked}处达到" if counted else ""


def nobody_reported() -> str:
    return "还没有上报"


def my_tasks(campaign: Campaign, rows: Sequence[str]) -> str:
    return f"“{campaign.short}”我的辖区\n" + "\n".join(rows)


def _asked(task: Task) -> str:
    """The number that is asked for: `（不少于3个）`, `（3-5个）`."""
    if task.least is not None and task.most is not None:
        return f"（{task.least}-{task.most}{task.unit}）"
    return f"（不少于{task.least}{task.unit}）" if task.least is not None else ""
