"""Every sentence the bot can say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import accumulate
from typing import Any, TypeGuard

from handlers.messages import Word
from handlers.understand.amounts import format_amount
from handlers.understand.text import clean
from storage.boards import Figures, Place
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign, Contact, Project, Rule
from storage.incidents import Incident
from storage.models import Card, Channel, Conversation, Metric, Report, Role, Team, Total
from storage.reports import Booked
from storage.tasks import Counted

# --- pieces ---------------------------------------------------------------------------------------------------

ROLE_NAMES: dict[Role, str] = {"coordinator": "协调员", "organizer": "组织方"}
CHANNEL_NAMES: dict[Channel, str] = {"online": "线上", "offline": "线下"}
KIND_NAMES = {"total": "累计", "day": "今日累计", "increment": "新增", "correction": "更正"}
CONFIRM = "回复“确认”，或“算了”"
SHORT_BYTES = 1500
"""Room for a list in a reply of 2048 bytes, with what stands around it."""
NUMBERING_BYTES = 6


def echo(text: str, limit: int = 60) -> str:
    """A stranger's words, safe to repeat: no markup, and never the word that marks a question for a yes."""
    return clean(text, limit).replace("确认", "…")


def yuan(fen: int) -> str:
    return f"{format_amount(fen)}元"


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))


def team_name(team: Team) -> str:
    return f"{echo(team.unit)}（#{team.code}）"


def team_line(team: Team, project: str) -> str:
    return f"#{team.code} {echo(team.unit)}·{project}"


def kind_name(kind: str, channel: Channel) -> str:
    return f"{KIND_NAMES[kind]}（{CHANNEL_NAMES[channel]}）"


def figures_said(amount_fen: int | None, donations: int | None) -> str:
    said = [yuan(amount_fen)] if amount_fen is not None else []
    said += [f"{donations}人次"] if donations is not None else []
    return " ".join(said)


def total_of(total: Total) -> str:
    """A total; where nobody told a 人次 there is none to print."""
    return figures_said(total.amount_fen, total.donations or None)


def report_example(campaign: Campaign | None) -> str:
    """How progress is typed: money and 人次, or a count where the campaign that is meant counts items."""
    return f"进度 {_count_example(campaign)}" if _counts(campaign) else "进度 12345.67元 321人次"


def correction_example(campaign: Campaign | None) -> str:
    return f"更正 {_count_example(campaign)}" if _counts(campaign) else "更正 12340元 321人次"


def rule_example(campaign: Campaign | None) -> str:
    """A question that the campaign answers; one of money has a time at which matching begins."""
    return f"{campaign.rulebook[0].questions[0]}？" if _counts(campaign) and campaign.rulebook else "几点开始配捐？"


def _counts(campaign: Campaign | None) -> TypeGuard[Campaign]:
    return campaign is not None and campaign.progress == "items"


def _count_example(campaign: Campaign) -> str:
    """`船山区 推出慈善项目 2个`: the first task, in a region where it is asked for."""
    task = campaign.tasks[0]
    regions = [r for r in campaign.regions if not r.bucket and (not task.regions or r.id in task.regions)]
    return f"{regions[0].name if regions else campaign.area} {task.name} 2{task.unit}"


def duty_phone(campaign: Campaign) -> str:
    """Whom to ring: the first public contact that has a telephone; '' where none has."""
    contact = next((c for c in campaign.contacts if c.public and c.phones), None)
    return f"{contact.office} {contact.name} {contact.phones[0]}" if contact else ""


def whom_to_call(campaign: Campaign) -> str:
    """Whom to ask when the bot cannot help: the campaign's first public contact."""
    contact = next((c for c in campaign.contacts if c.public), None)
    return " ".join([contact.office, contact.name, *contact.phones[:1]]) if contact else "主办单位"


def within(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that fit into so many bytes."""
    sizes = accumulate(len(line.encode()) + NUMBERING_BYTES for line in lines)
    return [line for line, size in zip(lines, sizes, strict=True) if size <= room]


def headed(campaign: Campaign, several: bool, text: str) -> str:
    """The campaign is named where the person is in more than one."""
    return f"{text}\n活动：{campaign.short}" if several else text


# --- first words, help, dialogues -----------------------------------------------------------------------------

HELP_FOR_ALL = "大家都可以说"
HELP_FOR_CAPTAINS = "队长"
HELP_FOR_COORDINATORS = "协调员"


def welcome(campaigns: Sequence[Campaign], meant: Campaign | None) -> str:
    running = f"\n当前活动：{'、'.join(c.name for c in campaigns)}" if campaigns else ""
    return (
        f"您好，这里是益队，帮各单位组队、报进度、查规则、看战报。{running}\n\n"
        "· 组队：发送“组队 单位名称 县区 项目”\n"
        f"· 报进度：发送“{report_example(meant)}”\n"
        f"· 问规则：直接提问，如“{rule_example(meant)}”\n"
        "发送“帮助”查看全部。捐赠坚持自愿，本号不收款。"
    )


def help_section(title: str, summaries: Sequence[str]) -> str:
    return f"【{title}】\n" + "\n".join(f"· {summary}" for summary in summaries)


def words_for(vocabulary: Sequence[Word], campaign: Campaign | None) -> list[Word]:
    """The words of 帮助; where items are counted, without those of money, and the others say what they mean there."""
    if not _counts(campaign):
        return list(vocabulary)
    said = {
        "进度": report_example(campaign),
        "更正": correction_example(campaign),
        "撤回": "撤回最近一次报的件数",
        "我的队伍": "我的队伍：编号、各项件数",
        "我的辖区": "我的辖区：各项件数",
        "规则": f"规则 或直接提问，例如：{rule_example(campaign)}",
    }
    words = [word for word in vocabulary if word.word not in _WORDS_OF_MONEY]
    return [replace(word, summary=said.get(word.word, word.summary)) for word in words]


_WORDS_OF_MONEY = ("今天", "排行", "人次榜", "增长榜", "县区排行", "项目排行")
"""Words that have no meaning where no money is counted."""


def help_page(sections: Sequence[str]) -> str:
    return "\n".join(sections) + "\n其他问题直接问我。捐赠坚持自愿，本号不收款。"


def greeting() -> str:
    return "您好，我在。要组队、报进度、查规则都可以直接说，发送“帮助”看能做什么。"


def how_to(verb: str, campaign: Campaign | None) -> str:
    """How one thing is done, in a line or two; how to report is told by `how_to_report` and `how_to_count`."""
    if verb == "correct":
        what = "件数" if _counts(campaign) else "累计金额"
        return f"报错了请发正确的{what}，例如：{correction_example(campaign)}\n要取消最近一次上报，发送“撤回”。"
    return _HOW_TO[verb]


_HOW_TO = {
    "register": "组队请说：组队 单位名称 县区 项目 队长姓名 电话\n也可以只发“组队”，我一项一项问您。",
    "retract": "发送“撤回”，取消您最近一次上报。",
    "subscribe": "发送“订阅”，每次发布战报时发给您；不想收时发送“退订”。",
    "unsubscribe": "发送“退订”，就不再收到战报。",
    "bind": "协调员请发送“绑定 邀请码”，例如：绑定 7F3K9QWX。邀请码向组织方要。",
    "leave": "发送“注销”，我会先请您核对，再删除您的姓名、电话、绑定和发过的原话；已上报的数字保留。",
    "claim": "发送“认领 认领码 姓名 电话”，例如：认领 K7Q2AB 李敏 13900000000。认领码向协调员要。",
}


def registration_stands(campaign: Campaign) -> str:
    return (
        f"已登记的信息（单位、县区、项目、队长）暂不能在这里改，请联系 {whom_to_call(campaign)}。\n"
        f"报错了数字请说：{correction_example(campaign)}"
    )


NOT_YET = {
    "移交 加队长 改名 移区 合并 停用": "队伍和队长的变动请联系 {whom}。",
    "未报 催报": "协调员发送“我的辖区”，能看到各地已有多少队上报。",
    "通知": "战报会按时发给订阅的人；要告诉大家的话，请在各单位的群里说。",
    "结案": "案件的处理结果请电话告知 {whom}。",
    "重发": "战报可以发送“战报”取来再转发；其他消息要重发，请找系统管理员。",
}
"""Words that cannot be acted upon here yet, and what helps instead; `{whom}`: whom to call."""
_INSTEAD = {word: instead for words, instead in NOT_YET.items() for word in words.split()}


def not_yet(word: str, campaign: Campaign) -> str:
    return f"“{word}”暂不能在这里办理；{_INSTEAD[word].format(whom=whom_to_call(campaign))}"


def calm(campaign: Campaign) -> str:
    """To anger without a question."""
    return f"让您着急了，抱歉。这里是自动答复，我办不了的事请打 {whom_to_call(campaign)}。"


def what_is_kept() -> str:
    return (
        "您组队或认领时说的姓名、电话和发来的话会保存，供主办单位联系；不会出现在排行和战报里，"
        "别人也不能向我查询。\n发送“注销”可以删除您的姓名、电话、绑定和发过的原话。"
    )


def left() -> str:
    return "好的，已离开，什么都没有改动。"


def dialogue_dropped() -> str:
    return "刚才等您答复的那一步已经放下，没有再记录什么；已经记录的都没有动。要撤回已经记录的，请再说一次“撤回”。"


def nothing_to_leave() -> str:
    return "好的。现在没有进行中的步骤，发送“帮助”看能做什么。"


def nothing_to_confirm() -> str:
    return "现在没有等您答复的事项。发送“我的队伍”可查看已记录的数字。"


def you_are_welcome() -> str:
    return "不客气，辛苦了！"


def unknown(near: Sequence[str], campaign: Campaign | None) -> str:
    if near:
        return f"没有看懂。您是不是想说：{'、'.join(near)}？\n发送“帮助”看能说什么。"
    return f"没有看懂。报进度请说“{report_example(campaign)}”，问规则请直接提问，发送“帮助”看全部。"


_PLEASE_TYPE = {
    "image": "图片暂时认不出来，请直接发{figures}，例如：{example}",
    "voice": "语音没有听清，请打字发给我，例如：{example}",
    "video": "视频暂时看不了，请直接发{figures}，例如：{example}",
    "location": "位置暂时用不上；要报名请发送“组队 单位名称 县区 项目”。",
    "link": "链接暂时打不开，请把要说的话用文字发给我。发送“帮助”看能做什么。",
    "sticker": "表情收到，但暂时看不懂，请用文字说。发送“帮助”看能做什么。",
    "text": "收到的内容是空的，请用文字说。发送“帮助”看能做什么。",
    "file": "文件暂时看不了，请直接发{figures}，例如：{example}",
}


def please_type(kind: str, campaign: Campaign | None) -> str:
    said = _PLEASE_TYPE.get(kind, "这类消息暂时看不懂，请用文字说。发送“帮助”看能做什么。")
    return said.format(figures="件数" if _counts(campaign) else "金额和人次", example=report_example(campaign))


def too_long(limit: int) -> str:
    return f"这条消息太长，没有处理。请分几条发送，每条不超过{limit}字。"


def slow_down(per_minute: int) -> str:
    return f"您发得太快了：一分钟最多处理{per_minute}条，这条和之后的没有处理。请过一分钟再发。"


def scene_over() -> str:
    return "这个二维码已经失效。发送“活动”看现在的活动，发送“帮助”看能做什么。"


def nothing_to_scan() -> str:
    return "不需要扫码，请用文字说。发送“帮助”看能做什么。"


def came_by_campaign(campaign: Campaign) -> str:
    return (
        f"您好，接下来说的都是“{campaign.name}”。\n\n"
        "· 组队：发送“组队 单位名称 县区 项目”\n"
        f"· 问规则：直接提问，如“{rule_example(campaign)}”\n"
        "发送“帮助”查看全部。捐赠坚持自愿，本号不收款。"
    )


def came_by_team(team: Team, campaign: Campaign) -> str:
    project, region = campaign.project(team.project), campaign.region(team.region)
    link = f"\n捐赠链接：{project.link}" if project.link else ""
    return (
        f"这是 {team_name(team)} 的二维码：{campaign.name}，{region.name}，项目“{project.name}”。{link}\n"
        "问规则请直接提问，发送“排行”看战况。捐赠坚持自愿，本号不收款。"
    )


def choose_a_number(options: int) -> str:
    return f"请回复 1 到 {options} 中的一个数字，或“算了”。"


def yes_or_leave() -> str:
    return f"还在等您的答复：{CONFIRM}"


_OPEN_DIALOGUES = {
    "teams.unit": "报名还没完成，请发送单位名称",
    "teams.region": "报名还没完成，请发送县区",
    "teams.project": "报名还没完成，请发送项目",
    "teams.captain": "报名还没完成，请发送队长姓名和电话，或“跳过”",
    "teams.rename": "报名还没完成，请回复数字，或直接发单位全称",
    "teams.alike": "报名还没完成，请回复 1 或 2",
    "teams.unfit": "报名还没完成，请回复 1 或 2",
    "reports.kind": "刚才的数字还没记录，请回复 1、2 或 3",
    "reports.confirm": f"刚才的数字还没记录，{CONFIRM}",
    "corrections.confirm": f"刚才的更正还没记录，{CONFIRM}",
    "corrections.move": f"刚才的更正还没记录，{CONFIRM}",
    "corrections.channel": "刚才的更正还没记录，请回复 1 或 2",
    "corrections.total": "刚才的更正还没记录，请发送正确的累计总额",
    "tasks.confirm": f"刚才的数字还没记录，{CONFIRM}",
    "tasks.task": "刚才的件数还没记录，请回复数字",
    "chains.confirm": f"刚才的接龙还没写完，{CONFIRM}",
    "incidents.text": "情况还没登记，请说清楚是怎么回事",
    "incidents.confirm": f"刚才反映的情况还没登记，{CONFIRM}",
    "account.leave": f"注销还没执行，{CONFIRM}",
    "questions.adopt": f"刚才的答复还没写进规则，{CONFIRM}",
}


def dialogue_still_open(conversation: Conversation) -> str:
    reminder = _OPEN_DIALOGUES.get(conversation.state, "刚才的问题还在等您的答复")
    if conversation.state == "choices.pick":
        reminder = f"“{echo(conversation.data['text'], 20)}”还没处理，请回复数字"
    return reminder if CONFIRM in reminder else f"（{reminder}；离开请说“算了”）"


# --- campaigns ------------------------------------------------------------------------------------------------


def no_campaign() -> str:
    return "目前没有发布的活动，请稍后再来。"


def which_campaign(names: Sequence[str]) -> str:
    return f"您说的是哪个活动？请回复数字：\n{numbered(names)}"


def campaign_line(campaign: Campaign, is_open: bool, current: bool) -> str:
    state = "进行中" if is_open else "未在进行"
    return f"{campaign.name}（{state}{'，当前' if current else ''}）"


def campaign_list(lines: Sequence[str], unheard: str) -> str:
    """The campaigns; `unheard` is what she said that names none of them."""
    head = f"没有找到活动“{echo(unheard, 20)}”。\n" if unheard else ""
    if len(lines) == 1:
        return f"{head}活动：{lines[0]}"
    return f"{head}回复数字切换活动：\n{numbered(lines)}"


def campaign_card(campaign: Campaign, is_open: bool) -> str:
    projects = "、".join(p.name for p in campaign.projects if p.parent is None)
    state = "正在进行" if is_open else "目前未在进行，仍可查规则和联系人"
    return f"当前活动：{campaign.name}\n{state}。平台：{campaign.platform}\n项目：{projects}"


# --- registering ----------------------------------------------------------------------------------------------


def ask_unit(rule: str) -> str:
    return f"请发送单位全称（{rule or '组队名称为单位名称'}），例如：昭通市第一中学"


def ask_region(unit: str, regions: Sequence[str]) -> str:
    return f"{echo(unit)} 属于哪个县（市、区）？回复名称或数字：\n{numbered(regions)}"


def ask_project(projects: Sequence[str]) -> str:
    return f"参加哪个项目？回复名称或数字：\n{numbered(projects)}"


def ask_captain() -> str:
    return "请发送队长姓名和电话，例如：李敏 13900000000。不方便可回复“跳过”。"


def ask_alike(unit: str, known: Team) -> str:
    choices = numbered([f"是，就是{echo(known.unit)}", "不是，另外登记"])
    return f"已有队伍 {team_name(known)}，“{echo(unit)}”是同一个单位吗？请回复数字：\n{choices}"


_NOT_A_UNIT = {
    "empty": "没有看到单位名称",
    "too long": "单位名称太长了",
    "number": "这像是一个数字",
    "phone": "这像是一个电话号码",
    "region": "这是县区的名称",
    "project": "这是项目的名称",
    "question": "这像是一个问题",
    "command": "这像是一个指令",
    "answer": "没有看到单位名称",
    "ending": "这个名称很多单位都有，不知道是哪一个",
    "person": "这像是人名，不是单位名称",
    "named": "单位名称里像是有人名，单位和人名请用空格分开",
    "nickname": "这是队伍的别名，不是单位名称",
}


def not_a_unit(reason: str) -> str:
    return f"{_NOT_A_UNIT.get(reason, '这不像单位名称')}，请发送单位全称，例如：昭通市第一中学；离开请说“算了”。"


UNIT_CHOICES = {"another": "换一个单位名称", "in_full": "不是人名，这就是单位全称"}


def suggest_unit(said: str, choices: Sequence[str], unit: str, captain: str, rule: str) -> str:
    """A name that says more than the unit, or another thing. `captain`: the person whose name stood beside it.

    `choices`: what she may answer, of `inside` (the unit in the name) and `UNIT_CHOICES`.
    """
    inside = f"用“{echo(unit)}”" + (f"，队长{echo(captain)}" if captain else "")
    lines = numbered([UNIT_CHOICES.get(choice, inside) for choice in choices])
    return f"{rule or '组队名称为单位名称'}，“{echo(said)}”不能直接用。建议：\n{lines}\n请回复数字，或直接发单位全称。"


def no_team_name(said: str, rule: str) -> str:
    return f"{rule or '组队名称为单位名称'}，“{echo(said)}”不能用作队名。请发送你们单位的全称，例如：昭通市第一中学；离开请说“算了”。"


def no_such_region(regions: Sequence[str]) -> str:
    return f"没有找到这个县区，请回复名称或数字：\n{numbered(regions)}"


def no_such_project(projects: Sequence[str]) -> str:
    return f"没有找到这个项目，请回复名称或数字：\n{numbered(projects)}"


def not_a_captain() -> str:
    return "没有看到姓名或电话，例如：李敏 13900000000；不方便可回复“跳过”。"


def draft_given_up(unit: str) -> str:
    """Another registration begins while one is open."""
    return f"（前面的“{echo(unit, 20)}”没有登记，需要时请重新组队。）"


def region_word(campaign: Campaign) -> str:
    """What a region of the first level is called, by the campaign's level."""
    return {"省": "市州", "区": "街道"}.get(campaign.level, "县区")


def registered(team: Team, card: Card, campaign: Campaign, several: bool) -> str:
    project, region = campaign.project(team.project), campaign.region(team.region)
    lines = [
        f"已登记 {team_name(team)}",
        f"项目：{project.name}",
        f"{region_word(campaign)}：{region.name}",
    ]
    if card.name or card.phone:
        lines.append(f"队长：{echo(card.name)} {card.phone}".rstrip() if card.name else f"电话：{card.phone}")
    if team.status == "pending":
        lines.append("这支队伍要等协调员通过后才能报进度，通过后会通知您。")
    elif team.status == "unclaimed":
        lines.append(f"请把认领码交给队长：{team.claim_code}（队长发送“认领 {team.claim_code}”）")
    else:
        lines.append(f"报进度请说：{report_example(campaign)}")
        told = any("subscribers" in push.audience for push in campaign.pushes)
        lines.append(f"{'回复“订阅”，每晚收到战报。' if told else ''}捐赠坚持自愿。")
    return headed(campaign, several, "\n".join(lines))


def already_registered(team: Team, campaign: Campaign, *, hers: bool, covers: bool) -> str:
    """`hers`: she leads it; `covers`: she coordinates its region, so that she may hand out the claim code again."""
    project = campaign.project(team.project).name
    lines = [f"{team_name(team)} 在“{project}”已有队伍，没有重复登记。"]
    if hers:
        lines.append(f"就是您的队伍，直接报进度即可，例如：{report_example(campaign)}")
    elif team.status == "unclaimed" and covers:
        lines.append(f"还没有队长，请把认领码交给队长：{team.claim_code}（队长发送“认领 {team.claim_code}”）")
    elif team.status == "unclaimed":
        lines.append("这支队伍还没有队长，请向协调员要认领码，发送“认领 认领码”。")
    else:
        lines.append(f"如果您要接手，请联系 {whom_to_call(campaign)}。也可以为单位登记别的项目。")
    return "\n".join(lines)


def register_again() -> str:
    return "您的队伍或权限刚刚有变化，没有登记，请再发一次。"


def registration_early(campaign: Campaign) -> str:
    window = campaign.windows.registration
    start = campaign.local(window.start) if window and window.start else None
    when = f"{start.month}月{start.day}日" if start else ""
    return f"报名还没有开始，现在不能组队，{when}起可以。"


def registration_late(campaign: Campaign) -> str:
    window = campaign.windows.registration
    end = campaign.local(window.end) if window and window.end else None
    when = f"{end.month}月{end.day}日" if end else ""
    return f"组队已于{when}截止，现在不能再自行登记。确有需要请联系 {whom_to_call(campaign)}，由协调员补录。"


def not_your_region() -> str:
    return "这个县区不在您的辖区内，不能代为登记。"


def team_waits(unit: str, region: str, project: str) -> str:
    return f"有队伍等您审核：{echo(unit)}（{region}，{project}）。发送“待审”查看。"


# --- registering: whose name, which unit, which project ---------------------------------------------------------


def said_where(campaign: Campaign) -> str:
    """The rule for names of teams with its place in the document."""
    rules = campaign.registration
    says = {
        "units": rules.team_name_rule or "组队名称为单位名称",
        "people": "以个人名义组队",
        "both": "个人和单位均可组队",
    }
    return says[rules.names] + (f"（{rules.source}）" if rules.source else "")


_INSTEAD_OF_AN_ANSWER = {
    "wait": "好的，不着急，想好了再发。",
    "ask": "好的，问清楚了再发给我。",
    "undecided": "没关系，定了再发。",
    "same": "以前的登记这里查不到，这次要重新发一遍。",
    "lookup": "这里没有名单可查，要请您发过来。",
    "done": "这一项我还没有收到，请再发一次。",
    "talk": "",
}


def instead_of_an_answer(kind: str, state: str, campaign: Campaign) -> str:
    """One sentence to what was said in place of an answer; the dialogue waits."""
    if kind == "alone" and campaign.registration.names == "units":
        return f"{said_where(campaign)}，请发送单位全称。没有单位的，请问 {whom_to_call(campaign)}。离开请说“算了”。"
    if kind == "alone":
        return f"可以，{said_where(campaign)}。请发送队名；离开请说“算了”。"
    wanted = {"teams.unit": ask_unit(campaign.registration.team_name_rule), "teams.captain": ask_captain()}
    again = wanted.get(state) or _OPEN_DIALOGUES[state].removeprefix("报名还没完成，") + "。"
    return f"{_INSTEAD_OF_AN_ANSWER[kind]}{again.removesuffix('。')}；离开请说“算了”。"


def ask_full_name(said: str) -> str:
    """A name without an institution's ending that nobody knows yet."""
    choices = numbered(["是，就用这个名称", "换一个单位名称"])
    return f"“{echo(said)}”是单位的全称吗？\n{choices}\n请回复数字，或直接发单位全称。"


def ask_which_name(left: str, names: Sequence[str]) -> str:
    """Words beside the unit that nothing explains. `names`: what the unit may be called; the last line is another."""
    choices = numbered([*(f"用“{echo(name)}”" for name in names), "换一个单位名称"])
    return f"“{echo(left)}”没有看懂，单位全称是哪个？\n{choices}\n请回复数字，或直接发单位全称。"


def several_units(names: str) -> str:
    return f"您说的“{echo(names)}”像是几个单位，一次请登记一个。请发送单位全称；离开请说“算了”。"


def which_of_two_names(names: Sequence[str]) -> str:
    choices = numbered([*(f"用“{echo(name)}”" for name in names), "换一个单位名称"])
    return f"单位全称是哪个？\n{choices}\n请回复数字，或直接发单位全称。"


def ask_persons_name(said: str, campaign: Campaign) -> str:
    """A person's name for a team, where people may form teams: it is public and outlives her data, so she decides."""
    choices = numbered([f"用“{echo(said)}”作队名", "换一个队名"])
    return (
        f"{said_where(campaign)}。队名会公开，注销后也不会删除。用人名作队名吗？\n{choices}\n请回复数字，或直接发队名。"
    )


def person_or_unit(said: str, campaign: Campaign) -> str:
    return f"{said_where(campaign)}，“{echo(said)}”是单位名称。请发送队名；离开请说“算了”。"


def ask_unfit(unit: str, region: str, project: Project, why: str, campaign: Campaign) -> str:
    """A project whose document names other places or other kinds of units. Whether they alone may is not ours to say."""
    places = [campaign.region(r).name for r in project.only_regions or ((project.region,) if project.region else ())]
    named = f"写的地区是{'、'.join(places)}" if why == "region" else f"写的适用单位是{'、'.join(project.only_kinds)}"
    outside = region if why == "region" else echo(unit)
    source = f"（{project.source}）" if project.source else ""
    choices = numbered(["仍按这个项目登记", "换一个项目"])
    return f"“{project.name}”{named}{source}，{outside}不在其中，能否参加请问 {whom_to_call(campaign)}。请回复数字：\n{choices}"


def many_projects(total: int) -> str:
    """Above a list of projects too long to be numbered."""
    return f"参加哪个项目？共{total}个，回复名称或其中几个字："


def projects_found(word: str, projects: Sequence[str]) -> str:
    return f"“{echo(word, 20)}”找到这些项目，回复名称或数字：\n{numbered(projects)}"


def many_projects_found(word: str, total: int) -> str:
    return f"“{echo(word, 20)}”找到{total}个项目，请再多发几个字："


def no_project_found(total: int) -> str:
    return f"没有找到这个项目（共{total}个），请发送名称或其中几个字，发“换项目”重看列表；离开请说“算了”。"


def changed_to(name: str) -> str:
    return f"已改为{name}。"


# --- a captain's telephone --------------------------------------------------------------------------------------


def how_to_change_telephone() -> str:
    return "请带上新号码，例如：改电话 13900000000"


def telephone_kept(card: Card, teams: Sequence[Team]) -> str:
    """The captain's telephone holds for every team she leads in the campaign."""
    named = "、".join(team_name(team) for team in teams[:3]) + (f"等{len(teams)}支队伍" if len(teams) > 3 else "")
    return f"已登记 {named} 的队长电话：{f'{echo(card.name)} {card.phone}'.strip()}"


def no_team_for_a_telephone(campaign: Campaign) -> str:
    return f"您在“{campaign.short}”还没有队伍，电话没有登记。先发送“组队 单位名称 县区 项目”。"


# --- choosing a team ------------------------------------------------------------------------------------------


def which_team(lines: Sequence[str]) -> str:
    shown = within(lines, SHORT_BYTES)
    more = "\n其余的请直接带上编号，例如：进度 0012 3.2万 856" if len(shown) < len(lines) else ""
    return f"您说的是哪支队伍？请回复数字或编号：\n{numbered(shown)}{more}"


def no_team_yet() -> str:
    return "您还没有队伍。发送“组队 单位名称 县区 项目”登记，或向协调员要认领码。"


def coordinator_names_a_code() -> str:
    return "请带上队伍编号，例如：进度 0012 3.2万 856"


def no_such_code(code: str) -> str:
    return f"没有编号 #{code} 的队伍，请核对编号。发送“我的队伍”可查看。"


def not_your_team(code: str) -> str:
    return f"#{code} 不是您的队伍，也不在您的辖区内，不能代为操作。"


def no_team_here(campaign: Campaign, elsewhere: Sequence[str]) -> str:
    if elsewhere:
        return f"您在“{campaign.short}”没有队伍，您的队伍在：{'、'.join(elsewhere)}。发送“活动 名称”切换。"
    return no_team_yet()


# --- reporting ------------------------------------------------------------------------------------------------


def how_to_report() -> str:
    return (
        "请说金额，有人次也请带上，例如：\n"
        "进度 12345.67元 321人次（累计）\n今天新增2000（今日累计）\n又筹了500（新增）\n线下 5000（线下收到的）"
    )


def match_not_reported() -> str:
    return "配捐以平台数据为准，不能在这里上报，也没有记录。请只报捐款，例如：进度 12345.67元 321人次"


def how_to_correct() -> str:
    return "请说正确的累计金额，例如：更正 12340元，或：更正 12340元 321人次"


_DOUBTFUL_FIGURES = {
    "malformed": "数字的写法有疑问",
    "headless": "数字的写法有疑问",
    "vague": "这是大概的数字",
    "negative": "数字是负的",
    "several": "有好几个数字，分不清哪个是总额",
    "absurd": "数字大得不寻常",
    "rate": "这像是比例，不是金额",
    "other day": "这说的是别的日子",
    "unclear": "不能确定您的意思",
}


def doubtful_figure(reason: str, excerpt: str) -> str:
    why = _DOUBTFUL_FIGURES.get(reason, _DOUBTFUL_FIGURES["unclear"])
    return f"“{echo(excerpt)}”{why}，没有记录。请发送准确的数字，例如：进度 12345.67元 321人次"


def ask_kind(said: str, team: Team, present: Total) -> str:
    choices = numbered([f"累计共 {said}", f"今天一共 {said}", f"在原有基础上新增 {said}"])
    return f"{team_name(team)} 目前记录 {total_of(present)}。{said} 指的是？请回复数字：\n{choices}"


def doubt_lower(present: Total, reached: Total) -> str:
    return f"比已记录的少：{total_of(present)} → {total_of(reached)}"


def doubt_jump(present: Total, reached: Total) -> str:
    return (
        f"比已记录的多了十倍以上：{yuan(present.amount_fen)} → {yuan(reached.amount_fen)}，请核对是不是“万”和“元”弄混了"
    )


def doubt_minimum(reached: Total, minimum_fen: int) -> str:
    return f"{reached.donations}人次但只有{yuan(reached.amount_fen)}，低于每笔{yuan(minimum_fen)}"


def doubt_repeated(amount_fen: int | None, donations: int | None) -> str:
    return f"半小时内刚记过同样的新增 {figures_said(amount_fen, donations)}，可能是重复"


def doubt_other_unit(named: str, team: Team) -> str:
    return f"您说的是“{echo(named, 20)}”，您的队伍是 {team_name(team)}"


def doubt_one_gift() -> str:
    return "这像是一个人的捐款；这里只记全队的数字，请确定要计入全队，而且没有报过"


def doubt_step(present: Total, reached: Total) -> str:
    return f"按在已记录的数字上加减理解：{total_of(present)} → {total_of(reached)}"


def ask_channel(team: Team, channels: Sequence[Channel]) -> str:
    lines = [f"{CHANNEL_NAMES[channel]}（现在 {total_of(team.total(channel))}）" for channel in channels]
    return f"{team_name(team)} 线上线下都有记录，还没有更正。要更正哪一个？请回复数字：\n{numbered(lines)}"


def other_unit_not_booked(named: str, team: Team) -> str:
    return (
        f"{doubt_other_unit(named, team)}，没有记录。\n"
        "是您的队伍请说“累计”或“又筹了”和金额；别的队伍请带上它的编号，例如：进度 0012 3.2万 856"
    )


def other_unit_not_retracted(named: str, team: Team) -> str:
    return f"{doubt_other_unit(named, team)}，没有撤回。\n要撤回后者请发送“撤回 {team.code}”；别的队伍请带上它的编号。"


def choose_what_to_retract(team: Team, named: str = "") -> str:
    """Nothing was taken back: the figure she names is no newest one, or two reports are equally new."""
    why = f"最近一次上报里没有 {named}" if named else "线上和线下的上报一样新"
    return (
        f"{team_name(team)} {why}，没有撤回。现在是线上 {total_of(team.online)}，线下 {total_of(team.offline)}；"
        "每边只能撤回最近的一次，请发送“撤回 线上”或“撤回 线下”。更早的请直接更正总额，例如：更正 12340元"
    )


def doubt_strange(words: str, said: str) -> str:
    """The words as she said them; where they stood apart, all that she said: nobody knows the rest of a sentence again."""
    together = clean(words, 20) in clean(said, 2000)
    return f"“{echo(words if together else said, 20)}”没有看懂，怕理解错了"


def doubt_other_day(day: date) -> str:
    return f"“今天”现在是 {day.month}月{day.day}日：只有这一天筹到的才这样记，前一天的请说累计总额"


def doubt_moved(team: Team) -> str:
    return f"记录刚刚有变化，现在是线上 {total_of(team.online)}，线下 {total_of(team.offline)}"


def ask_doubts(team: Team, kind: str, reached: Total, doubts: Sequence[str]) -> str:
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    return f"还没有记录，请核对 {team_name(team)}：\n{listed}\n按“{kind}”理解，将记为 {total_of(reached)}。\n{CONFIRM}"


def booked(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已记录 {_echo(done, campaign)}")


def corrected(done: Booked, campaign: Campaign, several: bool) -> str:
    return headed(campaign, several, f"已更正 {_echo(done, campaign)}")


def retracted(done: Booked, campaign: Campaign, several: bool) -> str:
    report, team = done.report, done.after
    taken = f"撤回的是：{CHANNEL_NAMES[report.channel]}最近一次上报（记到 {yuan(report.amount_fen)} 的那次）"
    other = team.offline if report.channel == "online" else team.online
    kept = f"；{CHANNEL_NAMES['offline' if report.channel == 'online' else 'online']} {yuan(other.amount_fen)} 没有动"
    said = f"已撤回 {_echo(done, campaign)}\n{taken}{kept if other.report else ''}"
    return headed(campaign, several, said)


def _echo(done: Booked, campaign: Campaign) -> str:
    """What was understood, from X to Y, and the rank."""
    team, report = done.after, done.report
    now = team.total(report.channel)
    lines = [
        f"{team_name(team)}·{campaign.project(team.project).name}",
        f"方式：{kind_name(report.kind, report.channel)}",
        f"{CHANNEL_NAMES[report.channel]}金额：{yuan(done.before.amount_fen)} → {yuan(now.amount_fen)}",
    ]
    if report.as_of:
        lines.append(f"截至：{minute_name(campaign.local(report.as_of))}")
    if done.before.donations or now.donations:
        lines.append(f"人次：{done.before.donations} → {now.donations}")
    if team.offline.report and team.online.report:
        lines.append(f"线上线下合计：{yuan(team.amount_fen)}")
    if done.rank and campaign.ranking.mode != "off":
        lines.append(f"排名：第{done.rank}名")
    return "\n".join(lines)


def doubt_far_off(newest: Report, reached: Total) -> str:
    return f"{yuan(newest.amount_fen)} → {yuan(reached.amount_fen)}，相差十倍以上"


def doubt_below_previous(newest: Report, reached: Total) -> str:
    earlier = yuan(newest.previous_amount_fen)
    return f"比这次上报之前的 {earlier} 还少：{yuan(newest.amount_fen)} → {yuan(reached.amount_fen)}"


def ask_correction(team: Team, channel: Channel, reached: Total, doubts: Sequence[str]) -> str:
    listed = "\n".join(f"· {doubt}" for doubt in doubts)
    return (
        f"还没有更正，请核对 {team_name(team)}：\n{listed}\n"
        f"{CHANNEL_NAMES[channel]}累计将改为 {total_of(reached)}。\n{CONFIRM}"
    )


def moved_meanwhile(team: Team) -> str:
    return (
        f"{team_name(team)} 的记录刚刚有变化，没有改动。现在是线上 {total_of(team.online)}，"
        f"线下 {total_of(team.offline)}，请核对后再发一次。"
    )


def ask_total(team: Team, newest: Report) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}现在累计 {stands}。\n"
        "请告诉我正确的累计总额，例如：12340元。离开请说“算了”。"
    )


def ask_right_total(team: Team, newest: Report, old_fen: int | None) -> str:
    """The report she means is not the newest one: nothing is guessed, the right total is asked for."""
    missing = f"，不是 {yuan(old_fen)}" if old_fen is not None and old_fen != newest.amount_fen else ""
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return (
        f"{team_name(team)} {CHANNEL_NAMES[newest.channel]}最近一次记录后累计 {stands}{missing}，还没有改动。\n"
        "更早的一次不能单独改，请告诉我现在正确的累计总额，例如：12340元。离开请说“算了”。"
    )


def say_the_total() -> str:
    return "请发送现在正确的累计总额，例如：12340元 321人次；离开请说“算了”。"


def nothing_to_change(team: Team, newest: Report) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return f"{team_name(team)} 已经是这样记录的：{CHANNEL_NAMES[newest.channel]}累计 {stands}，没有改动。"


def read_otherwise(newest: Report, kind: str) -> str:
    stands = total_of(Total(amount_fen=newest.amount_fen, donations=newest.donations))
    return f"刚才按“{KIND_NAMES[newest.kind]}”记成了 {stands}，现在改按“{KIND_NAMES[kind]}”理解"


def not_among_your_teams(name: str) -> str:
    return f"您的队伍里没有找到“{echo(name, 20)}”，还没有改动。请发送“我的队伍”核对，或先回复“撤回”再重新上报。"


def ask_move(source: Team, newest: Report, target: Team, channel: Channel, reached: Total) -> str:
    back = Total(amount_fen=newest.previous_amount_fen, donations=newest.previous_donations)
    stands = Total(amount_fen=newest.amount_fen, donations=newest.donations)
    return (
        f"还没有改动，请核对：\n"
        f"· {team_name(source)}{CHANNEL_NAMES[newest.channel]}：{total_of(stands)} → {total_of(back)}\n"
        f"· {team_name(target)}{CHANNEL_NAMES[channel]}：{total_of(target.total(channel))} → {total_of(reached)}\n"
        f"{CONFIRM}"
    )


def moved(taken: Booked, booked: Booked, campaign: Campaign, several: bool) -> str:
    back = taken.after.total(taken.report.channel)
    text = f"已更正 {team_name(taken.after)}{CHANNEL_NAMES[taken.report.channel]}退回到 {total_of(back)}；\n"
    return headed(campaign, several, text + _echo(booked, campaign))


def nothing_reported(team: Team) -> str:
    return f"{team_name(team)} 还没有可以更正或撤回的记录。报进度请说“进度 12345.67元 321人次”。"


def moved_not_retracted(team: Team) -> str:
    return (
        f"{team_name(team)} 最近一次记录是从别处改过来的，没有撤回：撤回了两边就都没有这笔数了。\n"
        f"要整笔撤掉请发送“撤回 {team.code}”；改错了地方请再说一次，例如：刚才那笔是线下的"
    )


def no_correction_stands(team: Team) -> str:
    return f"{team_name(team)} 最近一次记录不是更正，没有撤回。要撤回最近一次上报，请说“撤回”。"


def reporting_closed(campaign: Campaign) -> str:
    return f"“{campaign.short}”现在不在上报时间内，不能记录。有问题请联系 {whom_to_call(campaign)}。"


def team_still_waits(team: Team) -> str:
    return f"{team_name(team)} 还在等协调员通过，通过后才能报进度，现在不能记录。"


def team_rejected(team: Team) -> str:
    return f"{team_name(team)} 没有通过审核，不能报进度。"


# --- my team --------------------------------------------------------------------------------------------------


def team_card(team: Team, campaign: Campaign, place: Place | None, today_fen: int) -> str:
    """Code, totals, rank, gap to the next, and where the team stands to the claim threshold."""
    lines = [_team_head(team, campaign), f"累计：{figures_said(team.amount_fen, team.donations or None)}"]
    if team.offline.report:
        lines.append(f"其中线下：{yuan(team.offline.amount_fen)}")
    lines.append(f"今日：{yuan(today_fen)}")
    if place is not None:
        lines.append(f"排名：第{place.rank}名")
        if place.next_value is not None:
            lines.append(f"距前一名：{yuan(place.next_value - team.amount_fen)}")
    elif not team.reported:
        lines.append("还没有上报。")
    lines += _threshold(team, campaign)
    return "\n".join(lines)


def teams_with_counts(campaign: Campaign, teams: Sequence[Team], rows: Sequence[str]) -> str:
    """Her teams where items are counted: what stands in their regions."""
    return "\n".join([*(_team_head(team, campaign) for team in teams), *rows])


def _team_head(team: Team, campaign: Campaign) -> str:
    project, region = campaign.project(team.project).name, campaign.region(team.region).name
    return f"{team_name(team)}\n{project}｜{region}{_STATUS_NAMES[team.status]}"


_STATUS_NAMES = {"active": "", "unclaimed": "｜待认领", "pending": "｜待审核", "rejected": "｜未通过"}


def _threshold(team: Team, campaign: Campaign) -> list[str]:
    threshold = campaign.threshold_for(team.project)
    if threshold is None:
        return []
    line = f"{threshold.amount_fen // 100}元"
    if threshold.reached(team.amount_fen):
        return [f"已达{line}：{threshold.above}"]
    gap = threshold.amount_fen - team.amount_fen
    return [f"距{line}线还有{yuan(gap)}（{threshold.below}；捐赠坚持自愿）"]


def how_to_claim() -> str:
    return "请带上协调员给您的认领码，例如：认领 K7Q2AB 李敏 13900000000"


def no_such_claim() -> str:
    return "认领码不对或已经用过，不能认领，请向协调员核对。格式：认领 认领码 姓名 电话"


def rest_of_teams(count: int) -> str:
    return f"另有{count}支队伍，查看请发送编号，例如：我的队伍 0012"


def claimed(team: Team, campaign: Campaign) -> str:
    project = campaign.project(team.project).name
    return f"已登记 您是 {team_name(team)}·{project} 的队长。\n报进度请说：{report_example(campaign)}"


# --- herself --------------------------------------------------------------------------------------------------


def subscribed(campaign: Campaign) -> str:
    return f"已登记 订阅“{campaign.short}”战报，每次发布时发给您。不想收可回复“退订”。"


def unsubscribed(campaign: Campaign) -> str:
    return f"已登记 退订“{campaign.short}”战报。想看时发送“战报”。"


def how_to_bind() -> str:
    return "请带上邀请码，例如：绑定 7F3K9QWX"


def no_invitation() -> str:
    return "邀请码不对、已经用过或超过24小时，不能绑定，请向组织方再要一个。"


def bound(campaign: Campaign, role: str, region: str) -> str:
    where = region or f"全部{region_word(campaign)}"
    return f"已绑定 “{campaign.short}”{role}（{where}）。发送“我的辖区”查看，“帮助”看能做什么。"


def ask_to_leave() -> str:
    return f"注销会删除您的姓名、电话、绑定和发过的原话；已上报的数字保留，没有队长的队伍会变成待认领。\n{CONFIRM}"


def team_stays(campaign: Campaign) -> str:
    return (
        f"队伍和已上报的数字不能在这里注销，请联系 {whom_to_call(campaign)}。\n"
        "要删除您自己的姓名、电话和发过的原话，发送“注销”：数字保留，没有队长的队伍会变成待认领。"
    )


def forgotten() -> str:
    return "已注销，与您有关的信息已经删除。以后发消息会作为新用户。"


# --- coordinators ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region as its coordinator sees it: teams, of which reported, totals in fen."""

    name: str
    teams: int
    reported: int
    amount_fen: int
    today_fen: int


def coordinators_only() -> str:
    return "这是协调员的功能，您现在不能使用。有邀请码请发送“绑定 邀请码”。"


def my_regions(campaign: Campaign, rows: Sequence[RegionRow], waiting: int) -> str:
    lines = [f"“{campaign.short}”我的辖区"]
    lines += [
        f"{r.name}：{r.teams}队（已报{r.reported}），{yuan(r.amount_fen)}，今日{yuan(r.today_fen)}"
        for r in rows
        if r.teams or len(rows) == 1
    ]
    without = [r.name for r in rows if not r.teams]
    if without and len(rows) > 1:
        lines.append(f"没有队伍：{'、'.join(without)}")
    if len(rows) > 1:
        lines.append(
            f"合计：{sum(r.teams for r in rows)}队，{yuan(sum(r.amount_fen for r in rows))}，"
            f"今日{yuan(sum(r.today_fen for r in rows))}"
        )
    if waiting:
        lines.append(f"待审 {waiting} 队，发送“待审”查看。")
    return "\n".join(lines)


def waiting_list(lines: Sequence[str]) -> str:
    if not lines:
        return "辖区内没有等待审核的队伍。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{len(lines)}队，先处理前面的" if len(shown) < len(lines) else ""
    listed = "\n".join(shown)
    return f"等待审核：\n{listed}{more}\n发送“通过 编号”或“驳回 编号 原因”。"


def no_code_said(lines: Sequence[str]) -> str:
    return f"请带上队伍编号，例如“通过 0012”。\n{waiting_list(lines)}"


def not_waiting(said: str) -> str:
    return f"辖区内没有等待审核的队伍“{echo(said)}”，不能通过或驳回。发送“待审”查看编号。"


def verdict(team: Team, reason: str) -> str:
    """What the captain of a waiting team is told."""
    if team.status == "active":
        return f"{team_name(team)} 已通过审核，可以报进度了。"
    because = f"原因：{echo(reason)}。" if reason else ""
    return f"{team_name(team)} 没有通过审核。{because}修改后可以重新组队。"


def decided(team: Team, reason: str) -> str:
    if team.status == "active":
        return f"已登记 {team_name(team)} 通过，已通知队长。"
    because = f"，原因：{echo(reason)}" if reason else ""
    return f"已登记 {team_name(team)} 驳回{because}，已通知队长。"


# --- bulletin and standings -----------------------------------------------------------------------------------

METRIC_NAMES: dict[Metric, str] = {"amount": "筹款", "donations": "人次", "today": "今日新增"}


def day_name(day: date) -> str:
    return f"{day.month}月{day.day}日"


def minute_name(at: datetime) -> str:
    return f"{day_name(at)}{at:%H:%M}"


def hour_name(at: time) -> str:
    return f"{at.hour}点" if not at.minute else f"{at:%H:%M}"


def bulletin_head(campaign: Campaign, cut_off: datetime, issue: int | None) -> str:
    number = f" 第{issue}期" if issue else ""
    return f"【{campaign.short}战报{number}】截至{minute_name(campaign.local(cut_off))}"


def bulletin_totals(figures: Figures) -> str:
    offline = f"（其中线下 {yuan(figures.offline_fen)}）" if figures.offline_fen else ""
    return (
        f"累计 {yuan(figures.amount_fen)}{offline}\n今日新增 {yuan(figures.today_fen)}\n"
        f"{figures.donations:,}人次，{figures.teams:,}支队伍"
    )


def bulletin_leaders(lines: Sequence[str]) -> str:
    return f"▍前{len(lines)}名\n" + "\n".join(lines)


def bulletin_regions(campaign: Campaign, lines: Sequence[str]) -> str:
    title = {"省": "▍各市（州）", "区": "▍各街道"}.get(campaign.level, "▍各县（市、区）")
    if not campaign.ranking.public:
        title += "（排名不分先后）"
    return f"{title}\n" + "\n".join(lines)


def regions_ranking(campaign: Campaign) -> str:
    return f"{region_word(campaign)}排行"


def bulletin_reached(threshold_fen: int, teams: int) -> str:
    return f"达到{threshold_fen // 100}元自主安排门槛的队伍 {teams:,}支"


def bulletin_opening(day: date, opens: time, today: bool) -> str:
    return f"{'今天' if today else '明天'}（{day_name(day)}）{hour_name(opens)}开始配捐"


def bulletin_rest() -> str:
    return "篇幅有限，其余请在公众号里发“排行”或“县区排行”查看"


def bulletin_notes(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n口径：由各队上报，线上线下合计，不含配捐，以平台最终数据为准。"


PUSH_EXPIRED = "已过时效，未发出"
PUSH_OF_ERASED = "收件人已注销"
PUSH_CORRECTED = "已有更正，原文不再发送"
PUSH_INTERRUPTED = "发送中断，是否送达不明"
PUSH_QUIET = "免打扰时段"
PUSH_PACED = "群机器人每分钟条数已满"
PUSH_NO_CHANNEL = "没有能送达的渠道"


def erased(case: str) -> str:
    """In the place of what somebody said who has left since: a complaint by its number, or a question."""
    return f"{f'案件编号 {case}' if case else ''}（本人已注销，内容已删除）"


def lapsed(case: str) -> str:
    """In the place of what somebody said a month ago."""
    return f"{f'案件编号 {case}' if case else ''}（已满30天，内容已删除）"


NOTICE_PHRASE = "请查看"
NOTICE_REST = "详情请进公众号查看"


def correction_of(text: str) -> str:
    return f"【更正】以此条为准\n{text}"


def opening_reminder(campaign: Campaign, day: date, opens: time) -> str:
    minimum = campaign.policy.minimum_gift_fen
    gift = f"每笔不低于{minimum / 100:g}元的捐赠都有机会获得配捐。\n" if minimum else ""
    return (
        f"【{campaign.short}】今天（{day_name(day)}）{hour_name(opens)}开始配捐。\n{gift}"
        "项目链接：在公众号里发“二维码 项目名”。\n进度随时可以报，例如“今天 3200元 45人次”。\n"
        f"参加自愿，捐不捐、捐多少自己决定。{campaign.policy.voluntary}。"
    )


def deadline_reminder(campaign: Campaign, end: datetime, day: date) -> str:
    left = (end.date() - day).days
    when = "今天截止" if left == 0 else "明天截止" if left == 1 else f"还有{left}天"
    last = f"{day_name(end)}24点" if (end.hour, end.minute) == (23, 59) else minute_name(end)
    return (
        f"【{campaign.short}】组队登记到{last}，{when}。\n"
        "想参加的单位：在公众号里发“组队 单位名称 县区 项目”。\n已经组队的不用再登记。\n"
        f"参加自愿。{campaign.policy.voluntary}。"
    )


def place_line(rank: int, name: str, value: int, metric: Metric) -> str:
    return f"第{rank}名 {echo(name, 24)} {metric_value(value, metric)}"


def region_line(name: str, value: int) -> str:
    return f"{name} {yuan(value)}"


def metric_value(value: int, metric: Metric) -> str:
    return f"{value:,}人次" if metric == "donations" else yuan(value)


def standings_head(campaign: Campaign, place: str, what: str, metric: Metric, now: datetime) -> str:
    where = f"{place}·" if place else ""
    return f"【{where}{what}·{METRIC_NAMES[metric]}】截至{minute_name(campaign.local(now))}\n{campaign.short}"


def standings_more(shown: int, size: int) -> str:
    return f"共{size}名，已看到第{shown}位，发“更多”看后面的"


def standings_top_only(top: int) -> str:
    return f"本次活动只公布前{top}名"


def standings_empty() -> str:
    return "还没有上报的数字"


def standings_off() -> str:
    return "本次活动不公布排行，不能查看名次。发“战报”看总体情况，发“我的队伍”看本队数字。"


def standings_own_only() -> str:
    return "本次活动不公布排行，不能查看别队的名次；队长可以看到本队的，这里没有您的队伍。发“战报”看总体情况。"


def team_place(team: Team, project: str, place: Place, where: str = "") -> str:
    rank = f"{where}第{place.rank}名（共{place.of}支）"
    return f"{echo(team.unit, 24)}·{project}：{rank}，{yuan(team.amount_fen)}"


def own_place(team: Team, project: str, place: Place | None) -> str:
    if place is None:
        return f"您的队伍 {echo(team.unit, 24)}·{project}：还没有上报数字"
    return f"您的队伍 {team_place(team, project, place)}"


def nobody_of_that_name(campaign: Campaign, name: str) -> str:
    """Neither a region nor a project, nor a unit that the ranking shows: which of them is not told."""
    place = next((region.name for region in campaign.regions), "")
    project = next((project.name for project in campaign.projects), "")
    examples = "、".join(f"“排行 {example}”" for example in (place, project) if example)
    return (
        f"没有叫“{echo(name, 20)}”的{region_word(campaign)}或项目，公布的排行里也没有这个单位。"
        f"可以说{examples}；自己的队伍发“我的队伍”。"
    )


def nothing_more() -> str:
    return "后面没有更多内容了。发“排行”从头看。"


# --- rules and contacts ---------------------------------------------------------------------------------------


def how_to_ask(campaign: Campaign, examples: Sequence[str]) -> str:
    lines = "\n".join(f"· {example}？" for example in examples)
    return f"关于{campaign.short}的规定，直接提问就行，例如：\n{lines}\n回答注明出处；文件没写的会直说。"


def rule_answer(rule: Rule, contact: Contact | None) -> str:
    lines = [rule.answer, f"依据：{rule.source}{_HOW_SURE[rule.status]}"]
    if contact and (contact.phones or (contact.office,))[0] not in rule.answer:
        lines.append(f"联系人：{_reachable(contact)}")
    return "\n".join(lines)


_HOW_SURE = {
    "stated": "",
    "repaired": "（原文有误，已订正）",
    "inferred": "（原文未直接写明，为理解）",
    "not stated": "（原文没有规定）",
    "answered": "（不是文件原文）",
}


def which_rule(questions: Sequence[str]) -> str:
    return f"您问的是哪一个？回复数字：\n{numbered([*questions, '都不是'])}"


def rule_unknown(contact: Contact | None) -> str:
    whom = _reachable(contact) if contact else "主办单位"
    return f"这个问题本次活动的文件未规定，或者我没有找到依据，不敢乱答。请问：{whom}。"


def out_of_scope(contact: Contact | None) -> str:
    whom = _reachable(contact) if contact else "主办单位"
    return f"这不在本次活动的范围内，文件未规定，我不能回答。活动的事可以直接问我，或联系：{whom}。"


def question_passed_on(said: str) -> str:
    return f"{said}\n已把您的问题转给协调员，有答复会发给您。"


def who_runs_this(campaign: Campaign) -> str:
    """Asked about the bot itself."""
    phone = duty_phone(campaign)
    whom = f"打 {phone}" if phone else f"联系 {whom_to_call(campaign)}"
    return f"这里是益队，机器人自动答复，不是人工；为{campaign.organisers[0].name}主办的活动服务，找人请{whom}。"


def gifts_counted() -> str:
    """What the bot means by 人次: a word of its own reports, and no rule."""
    return "“人次”数的是捐赠的笔数，不是人数：同一个人捐3笔，记3人次。这是在这里报数的用法，不是文件的规定。"


def contact_list(contacts: Sequence[Contact], unheard: str = "") -> str:
    head = f"文件没有列出“{echo(unheard, 20)}”的联系人，已公布的有：\n" if unheard else ""
    return head + "\n\n".join(_contact_card(contact) for contact in contacts)


def no_contacts(campaign: Campaign) -> str:
    return f"{campaign.short}的文件未规定联系人，请问主办单位：{campaign.organisers[0].name}。"


def _contact_card(contact: Contact) -> str:
    duties = f"\n负责：{'、'.join(contact.duties)}" if contact.duties else ""
    return f"{contact.name}（{contact.office}）{duties}\n电话：{_phones(contact)}"


def _reachable(contact: Contact) -> str:
    return f"{contact.office}{contact.name}，{_phones(contact)}"


def _phones(contact: Contact) -> str:
    return "，".join(contact.phones) or "文件未规定电话"


def project_link(project: str, link: str) -> str:
    return f"{project}：{link or '二维码暂未提供'}"


def project_links(lines: Sequence[str], some_missing: bool, contact: Contact | None) -> str:
    said = "\n".join(lines)
    if not some_missing:
        return said
    whom = f"，或联系{_reachable(contact)}" if contact else ""
    return f"{said}\n主办单位还没有把二维码图片或链接交给我，请看通知原件{whom}。"


# --- 接龙 ------------------------------------------------------------------------------------------------------


def how_to_chain() -> str:
    return (
        "接龙可以整段粘贴过来，一行一个单位，例如：\n1. 第一中学 3200元 45人次\n2. 第二小学 1800元\n"
        "能写入的行先列给您看，您同意了才记录。"
    )


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A line of a 接龙 as it is shown. `write` is what would be written; `why` says why nothing is.

    `done`: it was written; `unchanged`: there was nothing new in it.
    """

    place: int
    name: str
    said: str = ""
    why: str = ""
    write: list[Any] | None = None
    done: bool = False
    unchanged: bool = False


LINE_SAME = "和已记录的一样，不用再记"
LINE_ENTERED = "已经登记过，不用再登记"
LINE_NO_NAME = "没有看到单位名称"
LINE_NO_FIGURE = "没有看到金额或人次"
LINE_NO_REGION = "没写县区"
LINE_NO_PROJECT = "没写项目"
LINE_NOT_YOURS = "不是您的队伍，也不在您的辖区内，不能代写"
LINE_NOT_YOUR_REGION = "不在您的辖区内，不能代为登记"
LINE_COORDINATORS_ONLY = "不能代为登记，请队长自己发“组队 单位名称 县区 项目”，或由协调员粘贴"
LINE_INCREMENT = "是新增的数，接龙里不能记新增（重复粘贴会重复计），请写累计或今天的数"
LINE_CHANGED = "刚刚有变化，这一行没有记录，请单独再发一次"
_CHAIN_KINDS = {"progress": "报进度", "counts": "报件数", "registration": "登记"}


def chain_head(campaign: Campaign, kind: str, lines: Sequence[ChainLine], unread: Sequence[str], cut: int) -> str:
    """How many lines would be written, and what became of the others."""
    writes = sum(line.write is not None for line in lines)
    same = sum(line.unchanged for line in lines)
    other = len(lines) - writes - same
    parts = [f"“{campaign.short}”{_CHAIN_KINDS[kind]}接龙共{len(lines)}行：可以写入{writes}行"]
    parts += [f"没有变化{same}行"] if same else []
    parts += [f"不能写入{other}行（原因见下）"] if other else []
    parts += [f"另有{len(unread)}行没有编号，没有读取"] if unread else []
    parts += [f"太长，后面{cut}行没有读取，请分两次发"] if cut else []
    return "，".join(parts) + ("。还没有写入：" if writes else "。没有写入任何数字：")


def chain_line(line: ChainLine) -> str:
    return f"第{line.place}行 {line.name}：{line.why or line.said}"


def chain_written(results: Sequence[ChainLine], written: int, waiting: int) -> str:
    failed = sum(not line.done for line in results)
    head = f"已记录 {written}行" + (f"，{failed}行没有写入" if failed else "")
    return f"{head}，还有{waiting}行没来得及写，请继续：" if waiting else f"{head}："


def chain_left(some_written: bool) -> str:
    return "好的，已写入的行保留，其余的没有写入。" if some_written else left()


def line_said(kind: str, channel: Channel, present: Total, reached: Total) -> str:
    return f"{total_of(present)} → {total_of(reached)}（{CHANNEL_NAMES[channel]}，{KIND_NAMES[kind]}）"


def line_booked(done: Booked) -> str:
    now = done.after.total(done.report.channel)
    return f"已记录 {yuan(done.before.amount_fen)} → {yuan(now.amount_fen)}"


def entry_said(region: str, project: str, captain: str) -> str:
    return "，".join(part for part in (region, project, f"队长{echo(captain, 8)}" if captain else "") if part)


def line_entered(team: Team) -> str:
    return f"已登记 #{team.code}，认领码 {team.claim_code}"


def line_taken(code: str) -> str:
    return f"已经登记过（#{code}），不用再登记"


def line_told_later(place: int) -> str:
    return f"第{place}行是更新的数，以那一行为准"


def line_again(place: int) -> str:
    return f"和第{place}行是同一支队伍，请只留一行"


def line_contradicts(place: int) -> str:
    return f"和第{place}行是同一支队伍，两行对不上，请只留对的一行"


def line_ambiguous(codes: Sequence[str]) -> str:
    return f"有几支同名队伍，请在行里写编号：{'、'.join(f'#{code}' for code in codes[:5])}"


def line_alike(unit: str) -> str:
    return f"和已登记的“{echo(unit, 20)}”可能是同一个单位，请单独发“组队”"


def line_unknown_unit(name: str, meant: Team | None) -> str:
    if meant is not None:
        return f"没有找到“{echo(name, 20)}”，是不是 {team_name(meant)}？请在行里写编号"
    return f"没有找到“{echo(name, 20)}”的队伍，请写编号或先组队"


def line_left(said: str) -> str:
    """Words beside the unit that nothing explains."""
    return f"“{echo(said, 20)}”没有看懂，请单独发“组队”"


def line_no_unit(reason: str) -> str:
    return _NOT_A_UNIT.get(reason, "这不像单位名称")


def line_doubtful(reason: str, excerpt: str) -> str:
    return f"“{echo(excerpt, 20)}”{_DOUBTFUL_FIGURES.get(reason, _DOUBTFUL_FIGURES['unclear'])}"


# --- incidents ------------------------------------------------------------------------------------------------


def ask_incident() -> str:
    return "请把情况说清楚：什么时间、在哪里、谁、怎么回事（请先保留截图）。离开请说“算了”。"


def call_about_case(campaign: Campaign) -> str:
    phone = duty_phone(campaign)
    whom = f"打值班电话 {phone}" if phone else f"联系 {whom_to_call(campaign)}"
    return f"案件的进展和撤销不能在这里办理，请{whom}，报案件编号。"


def ask_incident_yes(campaign: Campaign, text: str, anyone_to_tell: bool) -> str:
    doing = "将登记并马上通知协调员" if anyone_to_tell else "将登记，目前没有能通知到的协调员"
    phone = duty_phone(campaign)
    urgent = f"情况紧急请同时拨打 {phone}。\n" if phone else ""
    return f"{doing}（不透露是谁反映的）：\n“{echo(text, 300)}”\n{urgent}{CONFIRM}"


def incident_opened(campaign: Campaign, case: Incident) -> str:
    phone = duty_phone(campaign)
    directly = "打电话" if phone else f"联系 {whom_to_call(campaign)}"
    reached = f"已通知 {case.told} 位协调员或组织方" if case.told else f"目前没有能通知到的协调员，请直接{directly}"
    duty = f"值班电话：{phone}。" if phone else ""
    return (
        f"已登记 案件编号 {case.number}（{campaign.short}）。\n{reached}。\n{duty}请保留截图，不要转发未经核实的内容。"
    )


def incident_notice(campaign: Campaign, number: str, text: str) -> str:
    return (
        f"【{campaign.short}】有人反映情况，案件编号 {number}：\n“{echo(text, 300)}”\n请尽快核实处理，不要向对方施压。"
    )


# --- questions that wait for a coordinator ---------------------------------------------------------------------


def question_line(number: str, text: str) -> str:
    return f"{number}. {echo(text)}"


def questions_waiting(lines: Sequence[str]) -> str:
    if not lines:
        return "没有等待答复的问题。"
    shown = within(lines, SHORT_BYTES)
    more = f"\n…共{len(lines)}个，先答前面的" if len(shown) < len(lines) else ""
    listed = "\n".join(shown)
    return f"等待答复：\n{listed}{more}\n发送“回答 编号 内容”，答复会发给提问的人；以后都这样答，再发“收录 编号”。"


def how_to_answer() -> str:
    return "请带上编号和内容，例如：回答 3 含30日当天"


def no_such_question() -> str:
    return "没有这个编号的问题。发送“待答”查看编号。"


def question_moved(number: str) -> str:
    return f"第{number}个问题刚刚有变化，没有改动。发送“待答”再看一次。"


def question_answered_before(number: str) -> str:
    return f"第{number}个问题已经有答复，没有再发。要写进规则请发“收录 {number}”。"


def answer_first(number: str) -> str:
    return f"第{number}个问题还没有答复，请先发“回答 {number} 内容”。"


def whole_campaign_only() -> str:
    return "收录会改动全活动的规则，只有负责全部县区的协调员能用，您现在不能使用。"


def question_answered(number: str) -> str:
    return f"已记录 第{number}个问题的答复，会发给提问的人。要让以后同样的问题都这样答，发“收录 {number}”。"


def ask_adopt(campaign: Campaign, phrasing: str, answer: str) -> str:
    return (
        f"将写进{campaign.short}的规则，以后谁问都这样答，注明是协调员答复：\n"
        f"问：{echo(phrasing)}\n答：{echo(answer, 400)}\n{CONFIRM}"
    )


def question_adopted(phrasing: str, version: int) -> str:
    return f"已记录 “{echo(phrasing)}”写进规则（第{version}版），注明是协调员答复。"


def answer_told(campaign: Campaign, question: str, answer: str) -> str:
    return f"【{campaign.short}】您问的“{echo(question)}”，协调员答复：\n{echo(answer, 400)}"


# --- progress in items -----------------------------------------------------------------------------------------


def money_not_reported(campaign: Campaign) -> str:
    return f"“{campaign.short}”不统计筹款，只报各项任务的件数，不能记录金额和人次，没有记录。\n{how_to_count(campaign)}"


def how_to_count(campaign: Campaign) -> str:
    listed = "\n".join(f"· {task.name}{_asked(task)}" for task in campaign.tasks)
    return f"请说哪一项、哪里、共几件，例如：{report_example(campaign)}\n{listed}"


_DOUBTFUL_COUNTS = {
    "malformed": "数字的写法有疑问",
    "vague": "不是准确的件数",
    "negative": "数字是负的",
    "several": "有好几个数字，分不清哪个是件数",
    "absurd": "数字大得不寻常",
    "unclear": "说的可能不是已经做成的件数",
}


def count_line_doubtful(reason: str, excerpt: str) -> str:
    return f"“{echo(excerpt)}”{_DOUBTFUL_COUNTS.get(reason, _DOUBTFUL_COUNTS['unclear'])}"


def doubtful_count(campaign: Campaign, reason: str, excerpt: str) -> str:
    return (
        f"{count_line_doubtful(reason, excerpt)}，没有记录。"
        f"这里记累计件数，请发送准确的数字，例如：{report_example(campaign)}"
    )


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


def task_row(campaign: Campaign, task: Task, stands: Sequence[tuple[str, int]], reached: int, asked: int) -> str:
    """Where one task stands: who reported how many, and how many have what is asked for."""
    done = f"，{reached}/{asked}处达到" if task.per_region and task.least is not None else ""
    deadline = f"，{day_name(campaign.local(task.deadline))}前" if task.deadline else ""
    reported = "、".join(f"{name}{count}{task.unit}" for name, count in stands) or "还没有上报"
    return f"▍{task.name}{_asked(task)}{deadline}{done}\n{reported}"


def my_tasks(campaign: Campaign, rows: Sequence[str]) -> str:
    return f"“{campaign.short}”我的辖区\n" + "\n".join(rows)


def bulletin_of_items(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n口径：按各地上报的累计件数，不统计筹款。"


def _asked(task: Task) -> str:
    """The number that is asked for: `（不少于3个）`, `（3-5个）`."""
    if task.least is not None and task.most is not None:
        return f"（{task.least}-{task.most}{task.unit}）"
    return f"（不少于{task.least}{task.unit}）" if task.least is not None else ""


# --- when something is wrong on our side ----------------------------------------------------------------------


def busy() -> str:
    return "系统有点忙，刚才的消息可能已经处理。请发送“我的队伍”核对，不要重复发送。"


def our_fault(reference: str) -> str:
    return f"系统出了点问题，刚才的消息没有处理完。请发送“我的队伍”核对；需要帮助时请提供编号 {reference}。"


def unread_mail(count: int) -> str:
    return f"📬 另有 {count} 条通知，回复“更多”查看。"


# --- the account's menu: a name and the word it says, or a name and what it opens -----------------------------

Menu = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]

_STANDINGS = (
    ("战报", "战报"),
    ("队伍排行", "排行"),
    ("县区排行", "县区排行"),
    ("项目排行", "项目排行"),
    ("增长榜", "增长榜"),
)
_HELP = (
    ("能说什么", "帮助"),
    ("活动规则", "规则"),
    ("联系人", "联系人"),
    ("组队二维码", "二维码"),
    ("订阅战报", "订阅"),
)
MENU: Menu = (("我的队伍", "我的队伍"), ("榜单战报", _STANDINGS), ("帮助", _HELP))
MENU_OF_COORDINATORS: Menu = (
    ("我的辖区", (("辖区汇总", "我的辖区"), ("待审队伍", "待审"), ("我的队伍", "我的队伍"))),
    ("榜单战报", _STANDINGS),
    ("帮助", _HELP),
)
COORDINATORS_TAG = "益队协调员"
