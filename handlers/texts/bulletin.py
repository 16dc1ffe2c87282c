"""The bulletin, part by part, and its correction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from handlers.bulletins.edition import Edition
from handlers.texts.figures import yuan
from handlers.texts.leaderboard import place_line, region_line
from handlers.texts.naming import day_name, hour_name, minute_name
from handlers.texts.wording import within
from storage.campaign_schema import Campaign
from storage.figures import Figures
from storage.snapshots import Leader

MINUTE = timedelta(minutes=1)
CHANGES_BYTES = 600
"""Room for what a correction of counts changed."""


def cut_off_name(edition: Edition) -> str:
    """Cut off in the minute of midnight, the bulletin of the day that ended ends at its 24:00."""
    campaign, ended = edition.campaign, edition.ended
    local = campaign.local(edition.digest.cut_off)
    if ended and local - datetime.combine(ended + timedelta(days=1), time(0), local.tzinfo) < MINUTE:
        return f"{day_name(ended)}24:00"
    return minute_name(local)


def issue_name(edition: Edition) -> str:
    """`昭通5·8人道公益日5月7日战报 第3期`"""
    number, day = f" 第{edition.issue}期" if edition.issue else "", day_name(edition.ended) if edition.ended else ""
    return f"{edition.campaign.short}{day}战报{number}"


def bulletin_head(edition: Edition) -> str:
    head = f"【{issue_name(edition)}】截至{cut_off_name(edition)}"
    return correction_of(head) if edition.corrects else head


def growth_word(edition: Edition) -> str:
    return f"{day_name(edition.ended)}新增" if edition.ended else "今日新增"


def bulletin_totals(edition: Edition) -> str:
    figures = edition.digest.figures
    offline = f"（其中线下 {yuan(figures.offline_fen)}）" if figures.offline_fen else ""
    return (
        f"累计 {yuan(figures.amount_fen)}{offline}\n{growth_word(edition)} {yuan(figures.today_fen)}\n"
        f"{figures.donations:,}人次，{figures.teams:,}支队伍"
    )


def what_changed(edition: Edition) -> str:
    """What the correction says otherwise than the issue before it; what stands is not repeated."""
    old, new = edition.corrects, edition.digest.figures
    if old is None:
        return ""
    pairs = (
        ("累计", yuan(old.amount_fen), yuan(new.amount_fen)),
        (growth_word(edition), yuan(old.today_fen), yuan(new.today_fen)),
        ("人次", f"{old.donations:,}", f"{new.donations:,}"),
        ("队伍", f"{old.teams:,}支", f"{new.teams:,}支"),
        ("到线队伍", f"{old.reached:,}支", f"{new.reached:,}支"),
    )
    changes = [f"{word}：{before} → {after}" for word, before, after in pairs if before != after]
    if edition.campaign.progress == "items":
        changes = _counts_changed(edition.campaign, old.tasks, edition.digest.tasks)
    until = minute_name(edition.campaign.local(old.cut_off))
    return "\n".join([f"▍与原来一期（截至{until}）相比", *(changes or ["合计没有变化，名次以此条为准"])])


def _counts_changed(campaign: Campaign, old: Mapping[str, int], new: Mapping[str, int]) -> list[str]:
    """Each task in each region of which another number stands, as many as a message has room for."""
    pairs = [(f"{task.id}|{region.id}", region, task) for task in campaign.tasks for region in campaign.regions]
    changes = [
        f"{region.name} {task.name}：{old.get(cell, 0)} → {new.get(cell, 0)}"
        for cell, region, task in pairs
        if old.get(cell, 0) != new.get(cell, 0)
    ]
    return within(changes, CHANGES_BYTES)


def bulletin_target(figures: Figures) -> str:
    """The campaign's own two-tier target, and how far it is; '' where none is set."""
    tiers = (("保", figures.floor_fen), ("争", figures.hope_fen))
    said = [f"{word}{yuan(fen)}（{target_stands(fen, figures.amount_fen)}）" for word, fen in tiers if fen]
    return f"目标 {'，'.join(said)}" if said else ""


def target_stands(target_fen: int, amount_fen: int) -> str:
    done = f"完成{amount_fen * 100 // target_fen}%"
    return done if amount_fen >= target_fen else f"{done}，相距{yuan(target_fen - amount_fen)}"


def bulletin_matched(campaign: Campaign, figures: Figures) -> str:
    return f"配捐 {yuan(figures.matched_fen or 0)}（平台已核定{matched_until(campaign, figures)}，不计入累计）"


def matched_until(campaign: Campaign, figures: Figures) -> str:
    return f"，截至{minute_name(campaign.local(figures.matched_as_of))}" if figures.matched_as_of else ""


def bulletin_leaders(edition: Edition, leaders: Sequence[Leader], most: int) -> str:
    lines = [
        f"{place_line(leader.rank, leader.unit, leader.amount_fen, 'amount')} {moved(edition, leader)}".rstrip()
        for leader in leaders
    ]
    return "\n".join([leaders_title(edition, most), *lines, *level_line(edition, most)])


def leaders_title(edition: Edition, most: int) -> str:
    since = f"（▲▼与第{edition.digest.since}期相比）" if edition.digest.since else ""
    return f"▍前{edition.places(most)}名{since}"


def level_line(edition: Edition, most: int) -> list[str]:
    """How many more are level with the last place, if any are."""
    count, more = edition.level(most)
    return [f"并列还有{count}{'多' if more else ''}支"] if count else []


def moved(edition: Edition, leader: Leader) -> str:
    """Since the issue before: `▲2` two places up, `▼1` one down, `新` newly there, '' where it stayed.

    A place that the campaign does not publish is told of the past as little as of today.
    """
    if edition.digest.since is None or leader.before == leader.rank:
        return ""
    if leader.before is None or leader.before > (edition.campaign.ranking.top or leader.before):
        return "新"
    up = leader.before - leader.rank
    return f"▲{up}" if up > 0 else f"▼{-up}"


def regions_name(edition: Edition) -> str:
    return {"省": "各市（州）", "区": "各街道"}.get(edition.campaign.level, "各县（市、区）")


def regions_title(edition: Edition) -> str:
    return regions_name(edition) if edition.regions_ranked else f"{regions_name(edition)}（排名不分先后）"


def bulletin_regions(edition: Edition) -> str:
    lines = [region_line(each.region.name, each.amount_fen) for each in edition.regions]
    return "\n".join([f"▍{regions_title(edition)}", *lines])


def bulletin_reached(threshold_fen: int, teams: int) -> str:
    return f"达到{threshold_fen // 100}元自主安排门槛的队伍 {teams:,}支"


def bulletin_ahead(edition: Edition) -> str:
    """What is left of the drive, and when matching opens next; '' where neither can be said."""
    opening = edition.opening
    parts = [_days_left(edition)]
    if opening:
        day = day_name(opening.day)
        when = f"{opening.when}（{day}）" if opening.when else day
        parts.append(f"{when}{hour_name(opening.opens)}开始配捐")
    return "\n".join(filter(None, parts))


def _days_left(edition: Edition) -> str:
    if edition.days_left is None:
        return ""
    return f"活动还有{edition.days_left}天" if edition.days_left else f"活动到{day_name(edition.day)}24:00结束"


def bulletin_rest() -> str:
    return "篇幅有限，其余请在公众号里发“排行”或“县区排行”查看"


def bulletin_notes(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n{figures_are(campaign)}"


def figures_are(campaign: Campaign) -> str:
    """Where the figures come from, and what they hold."""
    return f"{'，'.join(figures_in_two(campaign))}。"


def figures_in_two(campaign: Campaign) -> tuple[str, str]:
    """The same in two lines."""
    if campaign.frozen:
        return "口径：已定稿，平台已核定的以平台为准", "其余为各队上报，线上线下合计，不含配捐"
    return "口径：由各队上报，线上线下合计，不含配捐", "以平台最终数据为准"


def bulletin_fingerprint(digits: str) -> str:
    """The beginning of the seal over everything booked so far."""
    return f"账本指纹 {digits}"


def correction_of(text: str) -> str:
    return f"【更正】以此条为准\n{text}"


def bulletin_of_items(campaign: Campaign) -> str:
    return f"捐赠自愿：{campaign.policy.voluntary}。\n口径：按各地上报的累计件数，不统计筹款。"
