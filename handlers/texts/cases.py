"""Cases as coordinators see them: the list, one case, what was done to it, whom its clock calls. Never who reported."""

from collections.abc import Sequence
from datetime import datetime

from handlers.texts.naming import ROLE_NAMES, minute_name, office_name, whom_to_call
from handlers.texts.wording import CONFIRM, echo
from handlers.wishes.complaints import Level, Sort
from storage.campaign_schema import Campaign
from storage.matters import Incident
from storage.models.people import Grant

SORTS: dict[Sort | str, str] = {
    "fraud": "冒充诈骗",
    "misuse": "善款去向",
    "forced": "强制捐款",
    "leak": "信息泄露",
    "tricks": "套捐刷量",
    "safety": "现场安全",
    "rumour": "网络舆论",
    "service": "服务问题",
    "other": "其他情况",
    "": "未分类",
}
LEVELS: dict[Level | str, str] = {"urgent": "紧急", "serious": "较重", "ordinary": "一般", "": "未分级"}
LIST_TAIL = "看一件发编号，例如 D3；可发：接手 编号 · 转 编号 县区（或组织方）· 结案 编号 结果"


def is_a_case(word: str, number: str, card: str) -> str:
    """A word that decides upon teams and figures, said of a case."""
    return f"{number} 是案件，不能“{word}”，没有改动。\n{card}"


def outline(case: Incident) -> str:
    """All that a robot is told of a case, and what begins whatever else is said of it."""
    return f"{case.number} {SORTS[case.sort]}·{LEVELS[case.level]}"


def office_at(campaign: Campaign, region: str) -> str:
    """The office of a region, '' for the whole campaign's."""
    return office_name(campaign, Grant(role="coordinator", region=region)) if region else ROLE_NAMES["organizer"]


def case_line(campaign: Campaign, case: Incident, holder: str, now: datetime) -> str:
    """`holder`: the office that has taken it, '' while nobody has."""
    place = campaign.region(case.region).name if case.region else "全活动"
    return f"{outline(case)}·{place} {_standing(campaign, case, holder, now)}"


def _standing(campaign: Campaign, case: Incident, holder: str, now: datetime) -> str:
    if case.state == "closed":
        return "已结案"
    waits = f"{holder}已接手" if holder else "等人接手"
    if case.due is None:
        return waits
    late = "，已超时" if case.due <= now else ""
    return f"{waits}，{minute_name(campaign.local(case.due))}前{'办结' if holder else ''}{late}"


def list_head(campaign: Campaign, cases: Sequence[Incident]) -> str:
    none = "您的辖区里没有登记过舆情、举报或投诉，没有要办的。"
    return f"【{campaign.short}·案件】{tally(cases) if cases else none}"


def tally(cases: Sequence[Incident]) -> str:
    """How many there are, and how many of them are not closed: `0舆情` for none."""
    waiting = sum(case.state != "closed" for case in cases)
    return f"舆情 {len(cases)} 件，未结 {waiting} 件" if cases else "0舆情"


def daily(campaign: Campaign, cases: Sequence[Incident], at: datetime) -> str:
    seen = "发送“案件”逐件查看。" if cases else ""
    return f"【{campaign.short}】截至{minute_name(campaign.local(at))}：{tally(cases)}。\n{seen}{campaign.policy.voluntary}。"


def one_case(campaign: Campaign, case: Incident, holder: str, now: datetime) -> str:
    """What was said may have gone, after 30 days or with who said it."""
    said = f"“{echo(case.text, 300)}”" if case.text else "（内容已删除）"
    lines = [
        case_line(campaign, case, holder, now),
        f"{minute_name(campaign.local(case.at))}登记，已通知 {case.told} 位。反映人不显示。",
        said,
    ]
    if case.accused:
        lines.append(f"涉及：{'、'.join(office_at(campaign, office) for office in case.accused)}，它的人看不到这件。")
    if case.closed_at:
        ended = f"：{echo(case.result, 300)}" if case.result else ""
        lines.append(f"{minute_name(campaign.local(case.closed_at))}结案{ended}")
    else:
        lines.append(f"可发：接手 {case.number} · 转 {case.number} 县区（或组织方）· 结案 {case.number} 结果")
    return "\n".join(lines)


def taken(case: Incident) -> str:
    return f"已接手 {outline(case)}，并告知反映人有人在办（不说是谁）。\n办完请发“结案 {case.number} 结果”，不要向任何一方施压。"


def taken_before(case: Incident, holder: str) -> str:
    return f"{case.number} 已由{holder}接手，不能再接。要一起处理请直接联系；要交给别处，发“转 {case.number} 县区”。"


def yours_already(case: Incident) -> str:
    return f"{case.number} 您已经接手了，不用再接。办完请发“结案 {case.number} 结果”。"


def handed(campaign: Campaign, case: Incident) -> str:
    return f"已转 {outline(case)} 给{office_at(campaign, case.region)}，等那边接手。"


def closed(case: Incident) -> str:
    return f"已结案 {outline(case)}，结果会告诉反映人（不说是谁办的）。\n如有误，发“撤销”退回。"


def reopened(case: Incident) -> str:
    return f"已撤销 {case.number} 的结案，重新列入“案件”，也已告知反映人。"


def closing_said(number: str) -> str:
    return f"结案 {number}"


def ask_reopen(number: str) -> str:
    return f"您最近一次操作：结案 {number}\n撤销后它重新列为未结，反映人会知道。\n要撤销吗？{CONFIRM}"


def not_closed(number: str) -> str:
    return f"{number} 现在不是已结案，不能撤销结案。发送“案件 {number}”看它现在怎样。"


def closed_before(case: Incident) -> str:
    return f"{case.number} 已经结案，不能再改。发送“案件 {case.number}”看结果；刚才结错了的，发“撤销”。"


def moved(number: str) -> str:
    return f"{number} 刚刚有变化，没有改动。发送“案件 {number}”再看一次。"


def which(word: str, lines: Sequence[str]) -> str:
    """`lines`: those that wait."""
    example = {"接手": "接手 D3", "转": "转 D3 永善县", "结案": "结案 D3 已核实，已向当事人说明"}[word]
    listed = "\n".join(["未结的：", *lines, ""]) if lines else "现在没有未结的案件。"
    return f"{listed}请带上编号，例如：{example}"


def no_number_in_a_result(number: str) -> str:
    """What came of a case is told to whoever reported it."""
    return f"结案说明会告诉反映人，不能带电话号码，也请不要写别人的姓名，没有结案。请再发一次，例如：结案 {number} 已核实，已说明"


def result_needed(number: str) -> str:
    return f"请带上处理结果，会告诉反映人，例如：结案 {number} 已核实，已向当事人说明"


def where_to(case: Incident, said: str) -> str:
    place = f"没有找到“{echo(said)}”，不能转。" if said else ""
    return f"{place}请写县区或“组织方”，例如：转 {case.number} 组织方"


def is_there_already(campaign: Campaign, case: Incident) -> str:
    return f"{case.number} 已经由{office_at(campaign, case.region)}负责，不用转。办完请发“结案 {case.number} 结果”。"


def not_to(campaign: Campaign, case: Incident, region: str) -> str:
    return (
        f"{office_at(campaign, region)}现在没有能接这一件的人，或就是被反映的单位，不能转过去。"
        f"可以“转 {case.number} 组织方”，或“结案 {case.number} 结果”。"
    )


def coordinators_only(word: str, campaign: Campaign) -> str:
    return (
        f"“{word}”是协调员办案件用的，您现在不能使用。要反映情况请发“举报”加上情况；"
        f"案件的进展请联系 {whom_to_call(campaign)}，报编号。要报进度请发金额和人次。"
    )


def opened_notice(campaign: Campaign, case: Incident) -> str:
    """To whoever looks after it."""
    return (
        f"【{campaign.short}】有人反映情况，案件编号 {outline(case)}：\n“{echo(case.text, 300)}”\n"
        f"请尽快核实处理，不要向对方施压。接手请发“接手 {case.number}”。"
    )


def handed_notice(campaign: Campaign, case: Incident) -> str:
    return f"【{campaign.short}】转来案件 {outline(case)}。发送“案件 {case.number}”查看，接手请发“接手 {case.number}”。"


def overdue_notice(campaign: Campaign, case: Incident) -> str:
    waits = "过了时间还没有办结" if case.state == "taken" else "过了时间还没有人接手"
    return f"【{campaign.short}】案件 {outline(case)} {waits}，请您过问。发送“案件 {case.number}”查看。"


def robot_notice(campaign: Campaign, case: Incident) -> str:
    return f"【{campaign.short}】新案件 {outline(case)}。请有关同志在公众号发送“案件”查看。"


def operators_notice(campaign: Campaign, case: Incident) -> str:
    """Nobody stands above, or nobody above did anything in time."""
    return f"【{campaign.short}】案件 {outline(case)} 现在没有能通知到的人，请线下督促处理。"


def told_taken(campaign: Campaign, case: Incident) -> str:
    return f"【{campaign.short}】您反映的情况（编号 {case.number}）已有人接手，正在核实。"


def told_closed(campaign: Campaign, case: Incident, result: str) -> str:
    return (
        f"【{campaign.short}】您反映的情况（编号 {case.number}）已结案：{echo(result, 300)}\n"
        f"有不同意见请联系 {whom_to_call(campaign)}，报编号。"
    )


def told_reopened(campaign: Campaign, case: Incident) -> str:
    return f"【{campaign.short}】您反映的情况（编号 {case.number}）还在继续处理，上次告知的结案不算。"
