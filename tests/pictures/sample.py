"""Issues of the bulletin that were never printed: as many leading units as asked for, with names and figures."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from handlers.bulletins.edition import Edition
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.campaign_settings import Bulletin, Ranking
from storage.figures import Figures
from storage.models.teams import Team, Total
from storage.snapshots import Digest, Leader

EVENING = datetime(2024, 5, 8, 21, 0, tzinfo=timezone(timedelta(hours=8)))
CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
ZHAOTONG, SUINING = load(CAMPAIGNS / "zhaotong-2024"), load(CAMPAIGNS / "suining-2023")
FULL = ZHAOTONG.model_copy(update={"ranking": Ranking(mode="full"), "bulletin": Bulletin(leaders=30)})
UNITS = (
    "昭通市第一中学", "昭通市第一人民医院", "永善县溪洛渡街道办事处", "昭阳区太平街道永丰社区居民委员会志愿者服务队",
    "水富市云天化集团有限责任公司工会委员会", "镇雄县教育体育局机关", "昭通学院", "彝良县角奎街道发达社区",
    "威信县扎西红军小学", "盐津县中医医院", "大关县翠华镇人民政府", "绥江县中城镇人民政府", "巧家县白鹤滩街道办事处",
    "鲁甸县文屏镇第一小学", "昭通市公安局交通警察支队",
)  # fmt: skip
PLACES = (
    "zhaoyang", "zhaoyang", "yongshan", "zhaoyang", "shuifu", "zhenxiong", "zhaoyang", "yiliang", "weixin", "yanjin",
    "daguan", "suijiang", "qiaojia", "ludian", "zhaoyang",
)  # fmt: skip
"""Where each of them is."""


def edition(rows: int, campaign: Campaign = FULL, *, level: int = 1, since: int | None = 2) -> Edition:
    """`level`: so many stand with the same total each time. Without rows nobody has reported."""
    regions = [region.id for region in campaign.regions]
    fen = [12_845_600 - 397_113 * (n - n % level) for n in range(rows)]
    ranks = [1 + sum(other > mine for other in fen) for mine in fen]
    leaders = tuple(
        Leader(
            rank=rank,
            unit=_unit(n),
            amount_fen=mine,
            donations=80,
            before=(rank, rank + 2, max(1, rank - 1), None)[n % 4] if since else None,
            region=_region(n, regions),
        )
        for n, (rank, mine) in enumerate(zip(ranks, fen, strict=True))
    )
    total = sum(fen) * 2
    shares = zip(regions, (30, 20, 12, 10, 8, 6, 5, 4, 3, 1, 1), strict=False)
    sums = tuple((region, total * share // 100) for region, share in shares) if total else ()
    figures = Figures(
        ledger="0-0", amount_fen=total, donations=rows * 321, offline_fen=500_000 if rows else 0, today_fen=total // 3,
        teams=rows * 9, reported=rows, reached=rows * 2, top=(), regions=sums, projects=(),
        equals=4 if level > 1 else 0,
        regions_today=tuple((region, fen // 3) for region, fen in sums), matched_fen=1_234_567 if rows else None,
        matched_as_of=EVENING, floor_fen=200_000_000, hope_fen=300_000_000,
    )  # fmt: skip
    return Edition(campaign, Digest(cut_off=EVENING, figures=figures, leaders=leaders, since=since), 3, "0f3a9c21")


def _region(n: int, regions: Sequence[str]) -> str:
    here = PLACES[n % len(PLACES)]
    return here if here in regions else regions[n % len(regions)]


def team(unit: str = UNITS[0], fen: int = 1_234_567, donations: int = 321) -> Team:
    return Team(
        code="0012", unit=unit, unit_key=unit, project="rendao-nuan", region="zhaoyang", status="active",
        registered_at=EVENING, online=Total(amount_fen=fen, donations=donations, report="r"), day=EVENING.date(),
    )  # fmt: skip


def _unit(n: int) -> str:
    return UNITS[n % len(UNITS)] + ("" if n < len(UNITS) else "第二分会")
