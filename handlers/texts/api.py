"""The API's document as it is read by those who call it, and what is wrong with a request. Names are the interface's own."""

from collections.abc import Mapping, Sequence

TITLE = "益队数据接口"
ABOUT = (
    "已公开排行的活动的数字，谁都可以查，不用登记。金额都是整数分，人次是捐赠的次数，不是人数。"
    "每个回答带 ETag：下次放进 If-None-Match，没有变化时答 304；每 5 秒问一次足够。"
    "429 和 503 在 Retry-After 里说多少秒后再来。活动没有公开的，一律 404。"
)
WAYS: Mapping[str, str] = {
    "listCampaigns": "公开了排行的各个活动",
    "getTotals": "一个活动的合计",
    "getLeaderboard": "排行",
    "listRegions": "各县区和各自的合计",
    "listProjects": "各项目和各自的合计",
    "getTeam": "一支队伍",
    "getBulletin": "最新一期战报",
}
MODELS: Mapping[str, str] = {
    "BulletinAnswer": "最新一期战报，数字是截止那一刻的。",
    "Campaigns": "公开了排行的各个活动。",
    "Item": "按件计数的活动：一个地方的一项任务完成了多少。",
    "Leaderboard": "排行的一段。没有数字的不上榜；活动文件规定不公布的不列出。",
    "Listed": "一个活动。",
    "Part": "一个县区或项目（只列最上一级）和那里的合计。",
    "Parts": "有数字的县区或项目，金额多的在前。",
    "Problem": "请求有什么不对，或者我们这边出了什么问题（RFC 9457）。",
    "RegionSum": "战报里一个地方的合计。",
    "Row": "一名。数字相同的名次相同，先登记的在前。",
    "TeamAnswer": "一支队伍，以全部队伍的排行公布到它为限。",
    "Totals": "一个活动的合计，和战报里说的一样。",
}
FIELDS: Mapping[str, str] = {
    "amount_fen": "累计金额，单位分（100 分是 1 元）。",
    "as_of": "数字是什么时候读的；存储暂时不通时可能早一些。",
    "board": "公开榜单的路径。",
    "campaign": "活动的编号。",
    "campaigns": "各个活动。",
    "closed": "活动是否已经结束，队伍不再上报。",
    "code": "队伍编号，四位以上数字；不是队伍的为 null。",
    "correction": "是否是对同一期的更正。",
    "count": "件数。",
    "cut_off": "数字截止的时刻。",
    "detail": "具体是什么不对。",
    "donations": "人次：捐赠的次数，不是人数。",
    "floor_fen": "保的目标，单位分；没有定的为 null。",
    "hope_fen": "争的目标，单位分；没有定的为 null。",
    "id": "在活动文件里的编号。",
    "issue": "第几期。",
    "items": "按件计数的活动的各项任务；计金额的活动为空。",
    "ledger_id": "那一刻账本最新一条的编号：编号相同，数字就相同。",
    "match_fen": "平台说的配捐金额，另计，单位分；没有说过的为 null。",
    "metric": "按什么排：amount 累计金额，donations 人次，today 今日新增，yesterday 昨日新增。",
    "name": "名称。",
    "next": "下一段的 cursor，到头为 null。上报不断，名次会变。",
    "of": "一共有多少支队伍上报过。",
    "offline_fen": "累计金额里线下的部分，单位分。",
    "project": "项目在活动文件里的编号；不属于一个项目的为 null。",
    "rank": "名次；数字相同的并列。",
    "region": "县区在活动文件里的编号；不属于一个县区的为 null。",
    "regions": "各县区的合计。",
    "rows": "各行，名次在前的在前。",
    "scheduled_at": "计划发出的时刻。",
    "scope": "排的是什么：team 队伍，unit 单位，region 县区，project 项目。",
    "seal": "账本封条的头几位；没有印的为空。",
    "status": "HTTP 状态码。",
    "task": "任务的编号。",
    "teams": "队伍数。",
    "title": "状态码的名称。",
    "today_fen": "当天零点以来的新增，单位分；有更正时可能是负数。",
    "type": "总是 about:blank。",
    "value": "排行的数字：分，metric 是 donations 时为人次。",
}
"""By the field's name, whichever answer it stands in."""
PARAMETERS: Mapping[str, str] = {
    "campaign": "活动的编号。",
    "code": "队伍编号。",
    "scope": "排什么：team 队伍，unit 单位，region 县区，project 项目。",
    "metric": "按什么排：amount 累计金额，donations 人次，today 今日新增，yesterday 昨日新增。",
    "region": "只看这个县区（和它下面各地）的队伍或单位；填编号。",
    "project": "只看这个项目的队伍；填编号。",
    "limit": "要多少行。",
    "cursor": "上一个回答的 next；从头看就空着。",
}
UNCHANGED = "和您手里的一样：If-None-Match 就是现在的 ETag。"
PROBLEMS: Mapping[str, str] = {
    "400": "参数不对，detail 里说明是哪一个。",
    "404": "没有，或者没有公开。",
    "429": "问得太快，Retry-After 秒后再来。",
    "503": "存储暂时不通，Retry-After 秒后再来。",
}

NOT_PUBLIC = "没有，或者没有公开"
STORAGE_AWAY = "存储暂时不通"
ONLY_GET = "只答 GET"
NARROWED_TWICE = "region 和 project 只能填一个"
REGION_OF_WHAT = "只有队伍和单位可以按 region 看"
PROJECT_OF_WHAT = "只有队伍可以按 project 看"


def given_twice(parameter: str) -> str:
    return f"{parameter}：填了不止一次"


def wrong(parameter: str, kind: str, allowed: Mapping[str, object]) -> str:
    """What is wrong with a parameter. `kind`: the sort of the fault; `allowed`: what would be right."""
    said = {
        "extra_forbidden": "没有这个参数",
        "literal_error": f"只能是 {_listed(allowed.get('expected'))}",
        "greater_than_equal": f"至少是 {allowed.get('ge')}",
        "less_than_equal": f"最多是 {allowed.get('le')}",
        "int_parsing": "要填整数",
        "string_too_long": f"最多 {allowed.get('max_length')} 个字",
    }
    return f"{parameter}：{said.get(kind, '格式不对')}"


def _listed(expected: object) -> str:
    words: Sequence[str] = str(expected or "").replace("'", "").replace(" or ", ", ").split(", ")
    return "、".join(words)
