"""Targets of places, and a captain's own wish. Reference figures: nobody has to reach them.

The campaign's own stands in its bulletins, a county's is seen by its coordinators alone."""

from collections.abc import Mapping

from handlers.texts.figures import yuan
from handlers.texts.naming import team_name, whom_to_call
from storage.campaign_schema import Campaign
from storage.models.teams import Team
from storage.targets import OF_A_PROJECT, Retargeted, Target


def was_set(campaign: Campaign, region: str, done: Retargeted) -> str:
    changes = [
        f"{word}：{amount(before)} → {amount(after)}"
        for word, before, after in (
            ("保", done.before.floor_fen, done.after.floor_fen),
            ("争", done.before.hope_fen, done.after.hope_fen),
        )
        if after is not None
    ]
    return (
        f"已定 {place_name(campaign, region)} 的参考目标\n"
        + "\n".join(changes)
        + "\n"
        + (
            "协调员在“我的辖区”里能看到；不对外，也不分到队伍和个人。"
            if region
            else "会和完成情况一起印在战报、海报、公开榜单上；不分到队伍和个人。"
        )
    )


def all_targets(campaign: Campaign, targets: Mapping[str, Target]) -> str:
    """In the file's order: the campaign, its regions, its projects."""
    if not targets:
        return "还没有参考目标。组织方可以发，例如：目标 保 50000 争 80000，或：目标 县区 保 50000 争 80000"
    projects = [f"{OF_A_PROJECT}{project.id}" for project in campaign.projects]
    order = ["", *(region.id for region in campaign.regions), *projects]
    lines = [f"{place_name(campaign, region)}：{_said(targets[region])}" for region in order if region in targets]
    return "\n".join(["参考目标", *lines])


def beside_total(target: Target, amount_fen: int) -> str:
    """`目标 保50,000.00元（60%）争80,000.00元（38%）`"""
    parts = [
        f"{word}{yuan(fen)}（{amount_fen * 100 // fen}%）"
        for word, fen in (("保", target.floor_fen), ("争", target.hope_fen))
        if fen
    ]
    return f"目标 {' '.join(parts)}" if parts else ""


def wish_kept(team: Team, fen: int) -> str:
    return f"已记下 {team_name(team)} 的目标：{yuan(fen)}（{_wish_stands(team, fen)}）。只有您看得到；不想要了发“我队目标 取消”。"


def wish_line(team: Team, fen: int) -> str:
    """On her own card."""
    return f"我队目标：{yuan(fen)}（{_wish_stands(team, fen)}，只有您看得到）"


def wish_dropped(team: Team) -> str:
    return f"已取消 {team_name(team)} 的目标。"


def how_to_wish() -> str:
    return "没有数额，不能记下目标。请带上，例如：我队目标 5000。只有您看得到。"


def wishes_are_of_who_leads() -> str:
    """To who has a role and leads no team."""
    return "“我队目标”是队长给自己的队定的，只有她看得到；您没有带队，不能用。各县区的目标发“目标”看。"


def wishes_are_captains(team: Team) -> str:
    return f"{team_name(team)} 的目标由它的队长自己定，您不能改。各县区的参考目标发“目标”看。"


def how_to_set() -> str:
    return "没有看清数额，不能定目标。请这样发：目标 永善县 保 50000 争 80000；全活动的不写县区。"


def not_yours(campaign: Campaign) -> str:
    return (
        f"“目标”由组织方定，您现在不能使用（{whom_to_call(campaign)}）。自己队的目标发“我队目标 5000”，只有您看得到。"
    )


def organizers_set_it(campaign: Campaign) -> str:
    return f"参考目标由组织方定，您不能改（{whom_to_call(campaign)}）。发“目标”或“我的辖区”可以看。"


def no_money_here(campaign: Campaign) -> str:
    return f"“{campaign.short}”不记金额，不能定金额目标。进度发“我的辖区”看。"


def floor_above_hope(target: Target) -> str:
    return f"保的数（{amount(target.floor_fen)}）不能大于争的数（{amount(target.hope_fen)}），请核对后两个数一起发。"


def changed_meanwhile() -> str:
    return "目标刚刚有变动，这次不能定。请发“目标”看看再定。"


def _wish_stands(team: Team, fen: int) -> str:
    return f"还差{yuan(fen - team.amount_fen)}" if team.amount_fen < fen else "已达到"


def place_name(campaign: Campaign, place: str) -> str:
    """Where a target is of: a region, a project, or the whole campaign."""
    if place.startswith(OF_A_PROJECT):
        return f"项目{campaign.project(place.removeprefix(OF_A_PROJECT)).name}"
    return campaign.region(place).name if place else campaign.short


def _said(target: Target) -> str:
    return f"保 {amount(target.floor_fen)}，争 {amount(target.hope_fen)}"


def amount(fen: int | None) -> str:
    """Of a target, which may not be set."""
    return "未定" if fen is None else yuan(fen)
