"""The console: how one comes in from WeChat and goes out, and what its pages say of what was done."""

import re
from datetime import date

from handlers.texts.figures import CHANNEL_NAMES, kind_name, total_of
from handlers.texts.merging import both, total
from handlers.texts.naming import day_name, team_name, whom_to_call
from handlers.texts.reviews import doubt_beyond
from handlers.texts.wording import echo
from storage.campaign_schema import Campaign
from storage.made_books import MadeBook
from storage.matters import Why
from storage.models.reports import Report
from storage.models.teams import Channel, Team, Total

_UNDO_BY_WORD = re.compile("如有误，发“撤销”[^。]*。")


def of_coordinators(campaign: Campaign) -> str:
    return (
        "这是协调员的功能，您现在不能使用：工作台是在网页上审核、看辖区的地方。队长不用登录，报数和查看都在这里说就行，发“帮助”看怎么说。\n"
        f"您是协调员但还没有绑定的，请找{whom_to_call(campaign)}要邀请码。"
    )


def not_here() -> str:
    return "这里没有开通网页工作台，暂不能用网页办。该办的都可以在这里发消息办，发“帮助”看有哪些。"


def way_in(address: str, token: str, code: str) -> str:
    return (
        f"工作台（十分钟内有效，只能进一次）\n手机打开：{address}/console/enter/{token}\n"
        f"电脑打开：{address}/console 输入登录码 {code}\n"
        "只给您本人用，请不要转发。用完可发“退出网页”，所有网页一起退出。"
    )


def left(sessions: int) -> str:
    return (
        f"已退出网页，共{sessions}处。再要用网页，发“工作台”。"
        if sessions
        else "现在没有打开的网页。要用网页，发“工作台”。"
    )


def somebody() -> str:
    return "协调员"


def not_six_digits() -> str:
    return "登录码是六位数字。请照着微信里的那一行填。"


def wrong_code() -> str:
    return "登录码不对，或者已经用过、过了十分钟。请在公众号里再发“工作台”要一个新的。"


def too_many_wrong() -> str:
    return "这里输错的次数太多，十分钟后再试；也可以在手机上直接点微信里的链接进入。"


def codes_are_off() -> str:
    return "登录码暂停使用，十分钟后恢复。微信里的链接照常能用，请在手机上点开链接进入。"


def too_often() -> str:
    return "打开得太频繁，请过一分钟再来。"


def link_is_over() -> str:
    return "这个链接已经用过，或者过了十分钟。请在公众号里再发“工作台”要一个新的。"


def no_role_any_more() -> str:
    return "您现在没有协调员的角色，网页已经退出。有疑问请联系组织方。"


def on_a_page(told: str) -> str:
    """What a word answers, where the way back is a button and no word."""
    return _UNDO_BY_WORD.sub("如有误，点总览上的“撤销”。", told)


def nothing_ticked() -> str:
    return "还没有勾选队伍。请先在左边勾选，再选要办的事。"


def rows_done(done: int, of: int) -> str:
    return f"{of}支都办好了。" if done == of else f"{of}支里办好{done}支，其余的原因在下面。"


def undone_before() -> str:
    return "已撤销，没有再做一遍。"


def another_act_since() -> str:
    return "您最近一次操作已经不是这一个，没有撤销。请看清下面列出的，再点一次。"


def in_a_row(told: str) -> str:
    """What a word answers, in one line beside the team's name."""
    first, *others = [line for line in _UNDO_BY_WORD.sub("", told).splitlines() if line]
    return "；".join(others) or first


def nothing_agreed() -> str:
    return "还没有一行要办。请先填好，点“看一遍”，再勾选要办的行。"


def not_as_shown() -> str:
    return "和您看过的不一样了，这一行没有办。请再看一遍。"


def ask_undo_several(teams: int) -> str:
    return f"撤销这一批，共 {teams} 行。之后又有改动的不会动，逐行写明为什么；队长会收到通知。"


def undo_several() -> str:
    return "撤销这一批"


def nothing_to_undo() -> str:
    return "这一批没有可以撤销的：48小时以内办的才能撤销。"


_SEVERAL = {
    "remind": "提醒",
    "move": "移区",
    "disable": "停用",
    "enable": "启用",
    "code": "发认领码",
    "correct": "更正",
    "report": "代报",
    "rename": "改名",
    "merge": "合并",
}


def yes_to(word: str) -> str:
    """How an act on several is called, and its button."""
    return _SEVERAL[word]


def ask_several(word: str, teams: int) -> str:
    """What a bulk act would do, before it is done."""
    then = {
        "remind": "每队每天只提醒一次，只说报进度，不说捐款；今天已有消息的不会收到。",
        "move": "金额随队伍走，队长会收到通知。",
        "disable": "不再出现在名单、排行和合计里，也不能再上报；队长会收到通知。",
    }[word]
    return f"{_SEVERAL[word]} {teams} 支队伍。{then}"


def place_changed(place: str) -> str:
    return f"已移到{place}"


def is_let_in() -> str:
    return "已通过，队长会收到通知"


def is_disabled() -> str:
    return "已停用"


def is_enabled() -> str:
    return "已启用"


def claim_code(code: str) -> str:
    return f"认领码 {code}，请只转给本人"


def choose_a_place() -> str:
    return "请选择要移到哪里。"


def choose_a_project() -> str:
    return "请选择要改到哪个项目。"


def no_amount(said: str) -> str:
    return f"“{echo(said, 20)}”不是金额，没有记。请填数字，例如 12345.67 或 1.2万。"


def no_count(said: str) -> str:
    return f"“{echo(said, 20)}”不是人次，没有记。请填整数，例如 321；没有就空着。"


def correct_it() -> str:
    return "核对无误，更正"


def report_it() -> str:
    return "核对无误，代报"


def take_it_back() -> str:
    return "撤回这一次"


def merge_them() -> str:
    return "合并"


def merge_as(newer: Team, added: Team) -> tuple[str, str]:
    """What each button makes of two teams that both reported."""
    return (
        f"同一个捐赠页面：以较新的为准，{total(newer)}",
        f"两个捐赠页面：两队相加，{total(added)}",
    )


def both_teams(campaign: Campaign, source: Team, target: Team) -> str:
    return f"{both(campaign, source, target)}\n两队的数字来自同一个捐赠页面，还是两个？"


def report_for(team: Team, channel: Channel, present: Total, right: Total, campaign: Campaign, why: Why | None) -> str:
    """What a coordinator's figure for another's team would make of it, and what speaks for looking twice."""
    beyond = f"\n{doubt_beyond(why, campaign)}。" if why else ""
    lower = "\n比现在的少。" if right.amount_fen < present.amount_fen else ""
    return (
        f"代报 {team_name(team)} {CHANNEL_NAMES[channel]}累计：{total_of(present)} → {total_of(right)}{lower}{beyond}"
    )


def correction_of(team: Team, newest: Report, right: Total) -> str:
    """What a correction would make of a total."""
    stands = Total(amount_fen=newest.amount_fen, donations=newest.donations)
    return f"更正 {team_name(team)} {CHANNEL_NAMES[newest.channel]}累计：{total_of(stands)} → {total_of(right)}"


def rename_of(team: Team, unit: str) -> str:
    return f"改名 {team_name(team)} → {echo(unit)}"


def rename_it() -> str:
    return "改名"


def take_back(team: Team, newest: Report, stands: Total, after: Total) -> str:
    return (
        f"撤回 {team_name(team)} 最近一次上报（{kind_name(newest.kind, newest.channel)}）：\n"
        f"{CHANNEL_NAMES[newest.channel]}累计 {total_of(stands)} → {total_of(after)}。队长会收到通知。"
    )


def pass_it() -> str:
    return "仍然通过"


def still_in_work() -> str:
    return "刚才那一次还在办，请过一会儿刷新看结果，不用再点。"


def adopt_it() -> str:
    return "仍以平台为准"


def send_it() -> str:
    return "发出"


def take_role_away(whose: str) -> str:
    return f"取消 {whose} 的角色。本人会收到通知，马上不能再办事；48小时内可以撤销。"


def take_role_away_yes() -> str:
    return "取消这个角色"


def adopt_answer() -> str:
    return "收录，以后都这样答"


def withdraw_answer() -> str:
    return "撤下"


def book_file(campaign: Campaign, book: MadeBook) -> str:
    """What a made book is called on her disk."""
    where = campaign.region(book.region).name if book.region else campaign.area
    made = f"{campaign.local(book.made_at):%Y%m%d-%H%M}" if book.made_at else ""
    return f"{where}-{campaign.short}-{made}"


def heard(day: date, today: date) -> str:
    return "今天" if day == today else day_name(day)


def the_system() -> str:
    return "系统管理员"


def stale() -> str:
    return "这一页过期了"


def too_large() -> str:
    return "传得太大了"
