"""The first words, by where the person came from: a search, a campaign's code, a team's code."""

from collections.abc import Sequence

from handlers.texts.examples import report_example, rule_example
from handlers.texts.naming import team_name
from storage.campaign_schema import Campaign
from storage.models.teams import Team


def welcome(campaigns: Sequence[Campaign], meant: Campaign | None, registering: str) -> str:
    """`registering`: the line that says how a team is registered, or whom one asks now (`to_register`)."""
    running = f"\n当前活动：{'、'.join(c.name for c in campaigns)}" if campaigns else ""
    return (
        f"您好，这里是益队，帮各单位组队、报进度、查规则、看战报。{running}\n\n"
        f"{registering}\n"
        f"· 报进度：发送“{report_example(meant)}”\n"
        f"· 问规则：直接提问，如“{rule_example(meant)}”\n"
        "发送“帮助”查看全部。捐赠坚持自愿，本号不收款。"
    )


def scene_over() -> str:
    return "这个二维码已经失效。发送“活动”看现在的活动，发送“帮助”看能做什么。"


def nothing_to_scan() -> str:
    return "不需要扫码，请用文字说。发送“帮助”看能做什么。"


def to_register(registers: bool) -> str:
    if registers:
        return "· 组队：发送“组队 单位名称 县区 项目”"
    return "· 组队已截止：单位已有队伍的，向协调员要认领码，发送“认领 认领码 姓名 电话”"


def came_by_campaign(campaign: Campaign, registering: str) -> str:
    return (
        f"您好，接下来说的都是“{campaign.name}”。\n\n"
        f"{registering}\n"
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
