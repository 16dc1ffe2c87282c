"""Names: found where people put them, keyed so that neighbours never merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from handlers.language.names import (
    find_project,
    find_region,
    is_ending,
    is_short_for,
    similar_units,
    spoken_names,
    unit_key,
)
from handlers.language.near_keys import similar_keys
from handlers.language.non_answers import non_answer, to_be_changed
from handlers.language.unit_spelling import as_typed, cleaned, own_name_spans, simplified
from handlers.language.units import ends_like_a_unit, excluded_by, kind_of, looks_like_unit
from storage.campaign_schema import Campaign
from storage.campaign_settings import Registration


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("永善县", "永善县", ""),
        ("排行 永善县", "永善县", "排行"),
        ("排行永善", "永善县", "排行"),
        ("昭通市永善县的排名", "永善县", "的排名"),
        ("水富排第几", "水富市", "排第几"),
        ("照阳区", "昭阳区", ""),
        ("永膳", "永善县", ""),
        ("市本级", "市直", ""),
        ("昭通市昭阳区第三中学", "昭阳区", "第三中学"),
        ("昭阳区第三中学 永善县", "永善县", "昭阳区第三中学"),
        ("昭通市", None, "昭通市"),
        ("昭阳路小学", None, "昭阳路小学"),
        ("魏欣 100", None, "魏欣 100"),
    ],
)
def test_find_region(campaign: Campaign, text: str, name: str | None, rest: str) -> None:
    region, left = find_region(campaign, text)
    assert (region.name if region else None, left) == (name, rest)


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("人道暖昭通", "人道暖昭通", ""),
        ("联系人 一老一小", "慈善关爱“一老一小”", "联系人"),
        ("二维码 “慈善关爱‘一老一小’”项目", "慈善关爱“一老一小”", "二维码"),
        ("慈善关爱 一小一老 谁负责", "慈善关爱“一老一小”", "谁负责"),
        ("博爱昭通行 童享阳光", "童享阳光", ""),
        ("博爱昭通行", "博爱昭通行", ""),
        ("博爱乌蒙绿美昭通", "博爱乌蒙·绿美昭通", ""),
        ("寄宿孩子的第二个家", "打造乡村寄宿孩子的第二个家", ""),
        ("人道暧昭通", "人道暖昭通", ""),
        ("仁道暖昭通 一中", "人道暖昭通", "一中"),
        ("人道暖昭通和博爱昭通行", None, "人道暖昭通和博爱昭通行"),
        ("昭通一中", None, "昭通一中"),
    ],
)
def test_find_project(campaign: Campaign, text: str, name: str | None, rest: str) -> None:
    project, left = find_project(campaign, text)
    assert (project.name if project else None, left) == (name, rest)


@pytest.mark.parametrize(
    "names",
    [
        ("昭通市第一中学", "第一中学", "第1中学", "一中", "昭通一中", "云南省昭通市第一中学", " 昭通市 第一中学"),
        ("第12小学", "第十二小学", "十二小", "昭通市第十二小学", "12小"),
        ("永善县第一中学", "永善一中", "昭通市永善县一中"),
        ("永善县教育体育局", "永善教体局", "永善县教育局"),
        ("昭通市卫生健康委员会", "市卫健委", "卫计委"),
        ("昭通市红十字会", "市红会", "红会", "昭通红十字会"),
        ("农业局", "昭通市农业农村局"),
        ("总公会", "昭通市总工会"),
        ("鲁甸县税务局", "国家税务总局鲁甸县税务局"),
        ("共青团昭通市委", "团市委"),
        ("昭通市第一中学", "昭通市第一中学爱心团队"),
        ("昭通供电局", "云南电网昭通供电局", "云南电网有限责任公司昭通供电局"),
        ("盐津县人民医院", "鹽津縣人民醫院", "盐津县 人民 医院", "🌷盐津县人民医院🌷", "盐津县人民医院[强]"),
        ("第十一小学", "第⑪小学", "第11小学", "第⓫小学", "昭通市第⑪小學", "第 十 一 小 学"),
    ],
)
def test_one_unit_has_one_key(campaign: Campaign, names: tuple[str, ...]) -> None:
    assert len({unit_key(campaign, name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第1小学", "第12小学"),
        ("第一中学", "第二中学"),
        ("第一中学", "第一小学"),
        ("昭阳区第一中学", "昭通市第一中学"),
        ("昭阳区民政局", "永善县民政局"),
        ("城南小学", "城北小学"),
        ("昭通学院", "昭通医院"),
        ("昭阳区税务局", "昭阳区水务局"),
        ("鲁甸县纪委", "鲁甸县计委"),
        ("威信县工信局", "威信县公安局"),
        ("镇雄县气象局", "镇雄县审计局"),
    ],
)
def test_neighbours_keep_their_keys(campaign: Campaign, one: str, other: str) -> None:
    assert unit_key(campaign, one) != unit_key(campaign, other)
    assert similar_units(campaign, one, [other]) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("一中", ["昭通市第一中学", "昭阳区第一中学"]),
        ("第一小学", ["第1小学"]),
        ("昭阳一中", ["昭阳区第一中学"]),
        ("民政局", ["昭通市民政局", "永善县民政局"]),
        ("永善思原实验学校", ["永善县思源实验学校"]),
        ("检察院", ["昭通市人民检察院"]),
        ("昭通供电局", ["云南电网昭通供电局"]),
        ("永善县第一中学", []),
        ("城东小学", []),
    ],
)
def test_similar_units(campaign: Campaign, name: str, found: list[str]) -> None:
    registered = [
        "昭通市第一中学",
        "昭通市第二中学",
        "昭阳区第一中学",
        "第12小学",
        "第1小学",
        "昭通市民政局",
        "永善县民政局",
        "城南小学",
        "城北小学",
        "永善县思源实验学校",
        "昭通市人民检察院",
        "云南电网昭通供电局",
    ]
    assert sorted(similar_units(campaign, name, registered)) == sorted(found)


def test_an_office_misspelt_is_still_asked_about(campaign: Campaign) -> None:
    assert similar_units(campaign, "昭阳区税物局", ["昭阳区税务局"]) == ["昭阳区税务局"]


@pytest.mark.parametrize(
    "ending", ["中学", "小学", "中心小学", "中心校", "医院", "卫生院", "社区", "村委会", "公司", "🌷 医院", "醫院"]
)
def test_an_ending_alone_names_nobody_and_matches_nobody(campaign: Campaign, ending: str) -> None:
    assert is_ending(ending)
    assert looks_like_unit(campaign, ending) == "ending"
    known = [f"昭通市第一{simplified(cleaned(ending))}", ending, "昭通市第一中学", "水富市中医院"]
    assert similar_units(campaign, ending, known) == []
    assert ending not in similar_units(campaign, f"水富市{ending}", [ending])


@pytest.mark.parametrize(
    ("short", "full", "is_short"),
    [
        ("B校", "巧家县白鹤滩镇B小学", True),
        ("三小", "水富市第三小学", True),
        ("云中", "水富市云天化中学", True),
        ("三小", "水富市第四小学", False),
        ("三小", "水富市第三中学", False),
        ("昭通市审计局", "审计局", False),
    ],
)
def test_what_a_short_name_is_short_for(campaign: Campaign, short: str, full: str, is_short: bool) -> None:
    assert is_short_for(campaign, short, full) is is_short


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("昭通7天连锁酒店 500元 12人次", "昭通7天连锁酒店", "昭通7天连锁酒店"),
        ("7天连锁酒店500元12人次", "昭通7天连锁酒店", "7天连锁酒店"),
        ("9·15希望小学 累计1200元", "昭通市9.15希望小学", "9·15希望小学"),
        ("水富市１１９救援站累计3200元", "水富市119救援站", "水富市１１９救援站"),
        ("水富市 119 救援站 累计3200元", "水富市119救援站", "水富市 119 救援站"),
        ("第⑪小學累计800", "昭通市第11小学", "第⑪小學"),
        ("累计3119救援站", "水富市119救援站", ""),
        ("累计12,119救援站", "水富市119救援站", ""),
        ("小学累计500元", "昭通市第9小学", ""),
    ],
)
def test_a_name_that_holds_figures_is_found_in_its_line(campaign: Campaign, text: str, unit: str, found: str) -> None:
    spans = own_name_spans(text, spoken_names(campaign, unit))
    assert "".join(text[start:end] for start, end in spans) == found


@pytest.mark.parametrize(("typed", "name"), [("鲁甸⑿中", "鲁甸十二中"), ("昭通(6)小学 报名", "昭通六小学 报名")])
def test_an_ordinal_in_brackets_is_part_of_the_name(typed: str, name: str) -> None:
    assert cleaned(typed) == name
    assert cleaned("昭通一中高一(3)班") == "昭通一中高一(3)班"


@given(before=st.text(), after=st.text(alphabet="，。 元人次累计abc"))
def test_the_spans_of_a_name_are_what_was_typed(before: str, after: str) -> None:
    text = f"{before}、昭通24小时便利店{after}"
    assert any(text[start:end] == "昭通24小时便利店" for start, end in own_name_spans(text, ["昭通24小时便利店"]))


@given(text=st.text())
def test_simplifying_keeps_every_place(text: str) -> None:
    assert len(simplified(text)) == len(text)
    as_typed(text, text)


def test_a_name_stands_as_it_was_typed() -> None:
    assert as_typed("鲁甸县第一中学(北校区)", "組隊 魯甸縣第一中學（北校區） 李敏") == "魯甸縣第一中學(北校區)"
    assert as_typed("鲁甸县第一中学", "组队 鲁甸县第一中学") == "鲁甸县第一中学"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("稍等我翻一下", "wait"),
        ("等开完会再说", "wait"),
        ("我去请示校长", "ask"),
        ("先和书记商量商量", "ask"),
        ("还没定呢", "undecided"),
        ("随便", "undecided"),
        ("不晓得填啥子", "undecided"),
        ("上次那个名字", "same"),
        ("老样子", "same"),
        ("就我自己", "alone"),
        ("我和我朋友", "alone"),
        ("你们那查得到吧", "lookup"),
        ("我看看", "undecided"),
        ("昭通一中", None),
        ("老年大学", None),
        ("全家便利店", None),
        ("同心幼儿园", None),
        ("李敏", None),
        ("换个项目", None),
    ],
)
def test_what_is_said_in_place_of_an_answer(said: str, kind: str | None) -> None:
    assert non_answer(said) == kind


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("项目选错了", "project"),
        ("我想换一个项目", "project"),
        ("县区填错了", "region"),
        ("单位名称写错了", "unit"),
        ("换成博爱昭通行", None),
    ],
)
def test_a_step_to_be_taken_again(said: str, slot: str | None) -> None:
    assert to_be_changed(said) == slot


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("昭通市第一中学(北校区)", "学校"),
        ("鲁甸縣人民醫院", "医院"),
        ("昭通供电局", "企业"),
        ("水富市慈善总会", "慈善组织"),
        ("昭通市乐善社会工作服务中心", "社工机构"),
        ("昭通市某某志愿服务队", "志愿服务机构"),
        ("腾讯", ""),
    ],
)
def test_the_kind_of_a_unit(unit: str, kind: str) -> None:
    assert kind_of(unit) == kind
    assert ends_like_a_unit(unit) is (unit != "腾讯")


def test_a_project_for_some_places_and_kinds(campaign: Campaign) -> None:
    here = campaign.project("tongxiang").model_copy(update={"only_regions": ("yongshan",)})
    assert excluded_by(campaign, here, "zhaoyang", "昭阳区第一小学") == "region"
    assert excluded_by(campaign, here, "yongshan", "永善县第一小学") is None
    carried_out = here.model_copy(update={"only_regions": (), "region": "yongshan"})
    assert excluded_by(campaign, carried_out, "zhaoyang", "昭阳区第一小学") == "region"
    kinds = campaign.project("laoxiao").model_copy(update={"only_kinds": ("慈善组织", "社工机构")})
    assert excluded_by(campaign, kinds, "zhaoyang", "昭阳区第一小学") == "kind"
    assert excluded_by(campaign, kinds, "zhaoyang", "昭阳区慈善总会") is None
    assert excluded_by(campaign, kinds, "zhaoyang", "腾讯") is None, "a name that says no kind excludes nothing"


def test_that_people_form_teams_needs_its_source() -> None:
    assert Registration(names="both", source="方案 二").names == "both"
    with pytest.raises(ValidationError, match="say in `source`"):
        Registration(names="people")


def test_a_project_names_regions_that_exist(campaign: Campaign) -> None:
    values = campaign.model_dump()
    values["projects"][0]["only_regions"] = ["nowhere"]
    with pytest.raises(ValidationError, match=r"projects.nuan.only_regions: no such id 'nowhere'"):
        Campaign.model_validate(values)


def test_the_same_unit_stands_first(campaign: Campaign) -> None:
    assert similar_units(campaign, "一中", ["昭阳区第一中学", "昭通市第一中学"])[0] == "昭通市第一中学"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("昭通市第一中学", None),
        ("三中", None),
        ("腾讯", None),
        ("中国移动昭通分公司", None),
        ("  ", "empty"),
        ("！！", "empty"),
        ("3200元", "number"),
        ("三千二", "number"),
        ("13900000000", "phone"),
        ("李敏 13900000000", "phone"),
        ("永善县", "region"),
        ("昭通市", "region"),
        ("昭通市永善县", "region"),
        ("人道暖昭通", "project"),
        ("“一老一小”项目", "project"),
        ("几点开始？", "question"),
        ("排行", "command"),
        ("好的", "command"),
        ("很长的名字" * 10, "too long"),
        ("昭通市某某志愿服务队", None),
        ("水富市义工联合会", None),
        ("请稍等", "answer"),
        ("我问一下校长", "answer"),
        ("个人", "person"),
    ],
)
def test_looks_like_unit(campaign: Campaign, name: str, reason: str | None) -> None:
    assert looks_like_unit(campaign, name) == reason


@given(text=st.text())
def test_names_never_raise(campaign: Campaign, text: str) -> None:
    find_region(campaign, text)
    find_project(campaign, text)
    looks_like_unit(campaign, text)
    similar_units(campaign, text, [text, "昭通市第一中学"])


@given(one=st.integers(1, 99), other=st.integers(1, 99), school=st.sampled_from(["小学", "中学", "幼儿园"]))
def test_ordinals_never_merge(campaign: Campaign, one: int, other: int, school: str) -> None:
    a, b = f"昭通市第{one}{school}", f"第{other}{school}"
    assert (unit_key(campaign, a) == unit_key(campaign, b)) == (one == other)
    assert bool(similar_units(campaign, a, [b])) == (one == other)


UNIT_NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "昭通市", "昭阳区", "永善县", "永善", "国家税务总局"]),
        st.text("太平坪永勇丰风河何口石桥第一二三12四十", max_size=5),
        st.sampled_from(["小学", "中学", "一中", "村委会", "医院", "民政局", "检察院", "税务局", "水务局", "公司"]),
    ),
)


@given(name=UNIT_NAMES, others=st.lists(UNIT_NAMES, max_size=12))
def test_the_cheap_look_misses_nobody(campaign: Campaign, name: str, others: list[str]) -> None:
    keys = sorted({unit_key(campaign, other) for other in others})
    assert similar_keys(campaign, name, keys) == similar_units(campaign, name, keys)
