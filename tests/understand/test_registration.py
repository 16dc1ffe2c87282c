"""Registrations in the shapes captains send them; a slot that could be two things stays empty."""

from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.language.non_answers import non_answer
from handlers.language.offices import OFFICES
from handlers.language.units import Inside, looks_like_unit, unit_within
from handlers.understand.registration import read_registration
from storage.campaign_schema import Campaign

FULL = ("昭通市第一中学", "昭阳区", "人道暖昭通", "李敏", "13900000000")

WHOLE = [
    "组队 昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000",
    "昭通市第一中学 昭阳区 人道暖昭通 队长李敏 13900000000",
    "人道暖昭通，昭阳区，昭通市第一中学，李敏，13900000000",
    "报名：昭通市第一中学、昭阳区、人道暖昭通、负责人：李敏、139 0000 0000",
    "单位：昭通市第一中学\n县区：昭阳区\n项目：人道暖昭通\n队长：李敏\n电话：13900000000",
    "单位名称：昭通市第一中学 所属县区：昭阳 项目名称：人道暖昭通 队长姓名：李敏 手机号：139-0000-0000",
    "昭通市第一中学昭阳区人道暖昭通队长李敏13900000000",
    "昭通市第一中学（昭阳区）人道暖昭通 队长：李敏（13900000000）",
    "我们是昭通市第一中学，昭阳区的，想参加人道暖昭通，队长是李敏，电话13900000000",
    "13900000000 李敏队长 人道暖昭通 昭阳区 昭通市第一中学",
    "组队\n昭通市第一中学\n照阳区\n人道暧昭通\n队长 李敏\n+86 13900000000",
]

PARTS: list[tuple[str, tuple[str, str | None, str | None, str, str]]] = [
    ("组队", ("", None, None, "", "")),
    ("我要报名", ("", None, None, "", "")),
    ("组队 昭阳区第三中学", ("昭阳区第三中学", "昭阳区", None, "", "")),
    ("报名 昭通市红十字会 市直 一小一老", ("昭通市红十字会", "市直", "慈善关爱“一老一小”", "", "")),
    ("帮我报名永善县第一中学，项目童享阳光", ("永善县第一中学", "永善县", "童享阳光", "", "")),
    ("国家税务总局鲁甸县税务局 人道暖昭通 队长 王芳", ("国家税务总局鲁甸县税务局", "鲁甸县", "人道暖昭通", "王芳", "")),
    ("昭通市第一中学 昭阳区 永善县 人道暖昭通", ("昭通市第一中学", None, "人道暖昭通", "", "")),
    ("昭通市第一中学 人道暖昭通 博爱昭通行", ("", None, None, "", "")),
    ("永善县第一小学 队长：欧阳文静 0870-2220223", ("永善县第一小学", "永善县", None, "欧阳文静", "0870-2220223")),
    ("昭阳区第三中学 永善县 人道暖昭通", ("昭阳区第三中学", "永善县", "人道暖昭通", "", "")),
    ("昭通市第一中学 昭通市第二中学 人道暖昭通", ("", None, "人道暖昭通", "", "")),
]


BESIDE: list[tuple[str, str, str, str]] = [
    ("昭通市第八中学（王小明）", "昭通市第八中学", "王小明", ""),
    ("昭通市财政局（联系人张三13911112222）", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局（联系电话0870-2223333）", "昭通市财政局", "", "0870-2223333"),
    ("昭通市财政局(队长:张三,电话:13911112222)", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局【张三 13911112222】", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局（张三 13911112222", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局）张三", "昭通市财政局", "张三", ""),
    ("昭通市财政局（张三）（13911112222）", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局（联系人：张三（13911112222））", "昭通市财政局", "张三", "13911112222"),
    ("昭通市财政局（国资委）（张三）", "昭通市财政局(国资委)", "张三", ""),
    ("昭通市财政局（联系人：阿卓）", "昭通市财政局", "阿卓", ""),
    ("昭通市财政局（张三、王五）", "昭通市财政局", "", ""),
    ("昭通市财政局（校长李敏）", "昭通市财政局", "李敏", ""),
    ("昭通市财政局（队长）张三", "昭通市财政局", "张三", ""),
    ("张三（昭通市财政局）", "昭通市财政局", "张三", ""),
    ("【单位】昭通市财政局【队长】张三【电话】13911112222", "昭通市财政局", "张三", "13911112222"),
    ("单位：昭通市财政局（张三） 项目：人道暖昭通", "昭通市财政局", "张三", ""),
    ("审计局-李四", "审计局", "李四", ""),
    ("审计局—李四", "审计局", "李四", ""),
    ("李四-审计局", "审计局", "李四", ""),
    ("审计局+李四+13900000000", "审计局", "李四", "13900000000"),
    ("审计局/李四/13900000000", "审计局", "李四", "13900000000"),
    ("审计局《李四》", "审计局", "李四", ""),
    ("审计局 李四 队", "审计局", "李四", ""),
    ("审计局，联系人：李四", "审计局", "李四", ""),
    ("审计局 李敏老师", "审计局", "李敏", ""),
    ("审计局 李建中 13900000000", "审计局", "李建中", "13900000000"),
    ("审计局 方志强 13900000000", "审计局", "方志强", "13900000000"),
    ("审计局（电话：13900000000） 李四", "审计局", "李四", "13900000000"),
    ("审计局（联系电话13900000000） 李四", "审计局", "李四", "13900000000"),
    ("审计局 李四（队长） 13900000000", "审计局", "李四", "13900000000"),
    ("审计局 队长李建中", "审计局", "李建中", ""),
    ("审计局负责人13900000000", "审计局", "", "13900000000"),
    ("审计局电话：0870-2223333", "审计局", "", "0870-2223333"),
    ("审计局 李四 0870-2223333转801", "审计局", "李四", "0870-2223333转801"),
    ("审计局 李四 （0870）2223333-801", "审计局", "李四", "08702223333转801"),
    ("审计局2223333", "审计局", "", ""),
    ("审计局李四 139.0000.0000", "审计局李四", "", "13900000000"),
    ("审计局139 000 00000 李四", "审计局", "李四", "13900000000"),
    ("审计局 李四 １３９００００００００", "审计局", "李四", "13900000000"),
    ("审计局 李四 幺三九零零零零零零零零", "审计局", "李四", "13900000000"),
    ("审计局 李四 13900000000/13811111111", "审计局", "李四", "13900000000"),
    ("审计局（13900000000微信同号）李四", "审计局", "李四", "13900000000"),
    ("审计局13900000000，微信同号，李四", "审计局", "李四", "13900000000"),
    ("审计局微信lisi_99 李四", "审计局", "李四", ""),
    ("审计局QQ12345678 李四", "审计局", "李四", ""),
    ("审计局lisi@163.com 李四", "审计局", "李四", ""),
    ("审计局530602199001011234李四", "审计局", "李四", ""),
    ("审计局 身份证号53060219900101123X", "审计局", "", ""),
    ("审计局139****0000 李四", "审计局", "李四", ""),
]
"""What stands beside a unit and is no part of its name: the unit, the captain, the telephone."""

WHOLE_NAMES = [
    "昭通市第一中学(北校区)",
    "昭通市财政局(国资委)",
    "华润电力(昭通)有限公司",
    "昭通市第一中学(高一3班)",
    "希望小学",
    "第一幼儿园",
    "李家沟小学",
    "张桂梅女子高中",
    "邵逸夫小学",
    "田家炳中学",
    "李时珍医院",
    "东方红小学",
    "中国石化-昭通分公司",
    "昭通市第一中学高中部",
    "文屏镇高中",
    "昭通市第一人民医院康复科",
    "昭通工业园区管委会",
    "龙头山镇龙泉村",
    "昭通市中医医院江滨院区",
    "昭通市公安局交警支队",
    "昭通市教育局关工委",
    "昭通市住建局房管中心",
    "永善县马楠乡",
    "昭通市温州商会",
    "昭通市民族中学高三年级",
    "昭通农商银行龙泉支行",
    "昭通市史志办",
    "昭通市水务局龙洞",
    "向家坝水富电站",
    "白鹤滩巧家电站",
    "水富市云富街道向家坝",
    "威信县扎西镇龙井",
    "盐津县柿子镇石门",
    "绥江县中城镇田坝",
    "彝良县洛泽河镇毛坪",
    "昭阳区青岗岭乡沈家沟",
    "马树镇马树",
    "严家湾镇雄县小学",
    "昭通市第一小学文化路",
    "昭通市第一中学毕业生",
    "昭通一五一九二〇中学",
    "昭通一五一九二〇一二三四五中学",
]

NAMED: list[tuple[str, str, str]] = [
    ("昭通市审计局张三", "昭通市审计局", "张三"),
    ("昭通市审计局李建中", "昭通市审计局", "李建中"),
    ("昭通市审计局罗朝会", "昭通市审计局", "罗朝会"),
    ("昭通市供电局欧阳文静", "昭通市供电局", "欧阳文静"),
    ("昭通市审计局买买提·艾力", "昭通市审计局", "买买提·艾力"),
    ("昭通市审计局·李四", "昭通市审计局", "李四"),
    ("昭通市审计局李四主任", "昭通市审计局", "李四"),
    ("昭通市审计局李主任", "昭通市审计局", "李主任"),
    ("昭通市审计局副局长李四", "昭通市审计局", "李四"),
    ("昭通市审计局我叫李四", "昭通市审计局", "李四"),
    ("昭通市审计局由李四负责", "昭通市审计局", "李四"),
    ("昭通市审计局李四爱心团队", "昭通市审计局", "李四"),
    ("昭通市田家炳中学李四", "昭通市田家炳中学", "李四"),
    ("昭通市审计局李", "昭通市审计局", "李"),
    ("昭通一中王强", "昭通一中", "王强"),
    ("永善县溪洛渡街道李四主任", "永善县溪洛渡街道", "李四"),
    ("昭通市第一中学(北校区)李敏", "昭通市第一中学(北校区)", "李敏"),
    ("李敏昭通市第一中学", "昭通市第一中学", "李敏"),
]


TAKEN_APART: list[tuple[str, str, str | None]] = [
    ("组队 昭通市第一中学昭阳区 队长李四", "昭通市第一中学", "昭阳区"),
    ("组队 大关县 第二 小学 人道暖昭通", "大关县第二小学", "大关县"),
    ("组队 绥江县 中医 医院", "绥江县中医医院", "绥江县"),
    ("组队 昭通市　第八 中学 镇雄县", "昭通市第八中学", "镇雄县"),
    ("组队 巧家县 住房 和 城乡 建设局", "巧家县住房和城乡建设局", "巧家县"),
    ("组队 盐 津 县 财 政 局", "盐津县财政局", "盐津县"),
    ("组队 昭通市 文渊 小学 昭阳区", "昭通市文渊小学", "昭阳区"),
    ("组队 昭通市第六中学 南校区 昭阳区", "昭通市第六中学南校区", "昭阳区"),
    ("组队 鲁甸县 桃源乡 桃源村 卫生室", "鲁甸县桃源乡桃源村卫生室", "鲁甸县"),
    ("组队 威信县旧城镇 中心 幼儿园 人道暖昭通", "威信县旧城镇中心幼儿园", "威信县"),
    ("组队 昭通市第⑨中学 昭阳区", "昭通市第九中学", "昭阳区"),
    ("组队 昭通市第9️⃣中学 昭阳区", "昭通市第九中学", "昭阳区"),
    ("组队 昭通市C/D小学 昭阳区", "昭通市C/D小学", "昭阳区"),
    ("组队 Zhaoyang No.2 Primary School 昭阳区", "Zhaoyang No.2 Primary School", "昭阳区"),
    ("组队 🌻水富市云富街道🌻 水富市", "水富市云富街道", "水富市"),
    ("组队 彝良縣第一中學 人道暖昭通", "彝良縣第一中學", "彝良县"),
    ("组队 肯德基 昭通望海店 昭阳区", "肯德基昭通望海店", "昭阳区"),
    ("单位：永善县 第三 中学 项目：人道暖昭通 队长：李四", "永善县第三中学", "永善县"),
    ("组队 老李米线（昭阳区环城路店） 队长李四", "老李米线(昭阳区环城路店)", "昭阳区"),
    ("单位叫12号车间餐厅，项目选人道暖昭通，在水富", "12号车间餐厅", "水富市"),
]
"""Names taken apart by blanks, marks and emoji: read whole."""

SPOKEN: list[tuple[str, str, str]] = [
    ("咱镇是彝良县洛泽河镇人民政府，报人道暖昭通", "彝良县洛泽河镇人民政府", ""),
    ("我帮我爸登记，他们单位是绥江县农业农村局，他是队长叫冯国平，13400001111", "绥江县农业农村局", "冯国平"),
    ("那个您好我这边是大关县木杆镇卫生院的哈我姓田叫田小梅我们想组一个队", "大关县木杆镇卫生院", "田小梅"),
    ("财政局，就是威信县财政局，人道暖昭通", "威信县财政局", ""),
    ("永善县财政局 人道暖昭通 永善县财政局", "永善县财政局", ""),
    ("永善县第一中学，永善一中，人道暖昭通", "永善县第一中学", ""),
    ("我是永善县黄华镇社区居委会的小邓，登记一下", "永善县黄华镇社区居委会", ""),
    ("沃尔玛昭通吾悦店，店长罗永健，13688880000，报人道暖昭通", "沃尔玛昭通吾悦店", "罗永健"),
    ("我们昭通市110指挥中心也来报个名，负责人马强", "昭通市110指挥中心", "马强"),
    ("QQ网吧，老板我叫钱小多，在镇雄", "QQ网吧", "钱小多"),
    ("昭通日报社 市直 人道暖昭通", "昭通日报社", ""),
    ("我们8.8希望小学报人道暖昭通", "8.8希望小学", ""),
    ("注册会计师协会 人道暖昭通", "注册会计师协会", ""),
    ("注册 昭通一中", "昭通一中", ""),
    ("单位：昭通市财政局 联系人及电话：张三 13900000001", "昭通市财政局", "张三"),
    ("申报单位：昭通市财政局 队长和电话：李敏 13900000001", "昭通市财政局", "李敏"),
    ("我们是昭通市第四人民医院的，队长由护士长赵丽娟担任", "昭通市第四人民医院", "赵丽娟"),
    ("昭通市第二小学，队长是陈晓燕老师在昭阳区", "昭通市第二小学", "陈晓燕"),
    ("昭通市第二小学 队长马在田 昭阳区", "昭通市第二小学", "马在田"),
    ("昭通一中 队长王老师", "昭通一中", "王老师"),
]

LEFT: list[tuple[str, str, str, str]] = [
    ("昭通市第一中学 春风化雨 人道暖昭通", "昭通市第一中学", "春风化雨", "昭通市第一中学春风化雨"),
    ("腾飞计划 昭通市审计局 市直", "昭通市审计局", "腾飞计划", "腾飞计划昭通市审计局"),
    ("昭通市第一中学 水富市第二中学 人道暖昭通", "", "昭通市第一中学、水富市第二中学", ""),
]


@pytest.mark.parametrize(("text", "unit", "region"), TAKEN_APART)
def test_a_name_taken_apart_is_read_whole(campaign: Campaign, text: str, unit: str, region: str | None) -> None:
    found = read_registration(campaign, text)
    assert (found.unit, found.region.name if found.region else None, found.left) == (unit, region, "")


@pytest.mark.parametrize(("text", "unit", "captain"), SPOKEN)
def test_what_people_say_around_a_unit(campaign: Campaign, text: str, unit: str, captain: str) -> None:
    found = read_registration(campaign, text)
    assert (found.unit, found.captain, found.left) == (unit, captain, "")


@pytest.mark.parametrize(("text", "unit", "left", "whole"), LEFT)
def test_what_reads_like_a_name_and_is_none_is_handed_back(
    campaign: Campaign, text: str, unit: str, left: str, whole: str
) -> None:
    found = read_registration(campaign, f"组队 {text}")
    assert (found.unit, found.left, found.whole) == (unit, left, whole)


def test_an_unknown_name_beside_a_telephone_is_the_captains(campaign: Campaign) -> None:
    found = read_registration(campaign, "组队 昭通市第一中学 阿卓 13900000001")
    assert (found.unit, found.captain, found.left) == ("昭通市第一中学", "阿卓", "")


@pytest.mark.parametrize("office", sorted(OFFICES))
def test_every_office_is_a_name(campaign: Campaign, office: str) -> None:
    assert non_answer(office) is None
    found = read_registration(campaign, f"组队 {office} 昭阳区 人道暖昭通 队长李敏")
    assert (found.unit, found.left) == (office, "")


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "市民中心",
            "信息中心",
            "明天幼儿园",
            "好孩子幼儿园",
            "老百姓大药房",
            "一点点奶茶店",
            "好又多超市",
            "同行公司",
        ),
        *("天天见面馆", "我爱我家房产", "一家人火锅店", "群众艺术馆", "个体劳动者协会", "新能源公司"),
    ],
)
def test_a_name_made_of_everyday_words_is_a_name(campaign: Campaign, unit: str) -> None:
    assert non_answer(unit) is None
    assert read_registration(campaign, f"组队 {unit} 昭阳区 人道暖昭通 队长李敏").unit == unit


BESIDES = [
    *("北校区", "后勤处", "爱心小组", "春风", "机关", "第二支部", "王家湾", "凤凰", "分院", "红旗", "人民", "第三"),
    *("东风", "小学", "医院", "街道办", "妇联", "三班", "龙泉", "ABC", "No.2", "育才", "金鹰"),
]
WHOLE_UNITS = ["昭通市第一中学", "鲁甸县人民医院", "水富市云富街道", "永善一中", "中国移动昭通分公司"]


@given(
    unit=st.sampled_from(WHOLE_UNITS),
    more=st.sampled_from(BESIDES),
    rest=st.lists(st.sampled_from(["昭阳区", "人道暖昭通", "队长李敏", "李敏", "13900000000"]), unique=True),
    separator=st.sampled_from([" ", "，", "、", "\n"]),
    seed=st.randoms(),
)
def test_nothing_of_a_name_is_lost(
    campaign: Campaign, unit: str, more: str, rest: list[str], separator: str, seed: Random
) -> None:
    """Whatever stands beside a unit is a part of its name, the captain's, or handed back."""
    pieces = [unit, more, *rest]
    seed.shuffle(pieces)
    found = read_registration(campaign, "组队 " + separator.join(pieces))
    kept = found.unit + found.left + found.captain
    assert unit in kept
    assert more in kept


@pytest.mark.parametrize(("text", "unit", "captain", "phone"), BESIDE)
def test_a_contact_is_no_part_of_the_unit(campaign: Campaign, text: str, unit: str, captain: str, phone: str) -> None:
    found = read_registration(campaign, f"组队 {text}")
    assert (found.unit, found.captain, found.phone) == (unit, captain, phone)


@pytest.mark.parametrize("unit", WHOLE_NAMES)
def test_what_belongs_to_a_units_name_stays(campaign: Campaign, unit: str) -> None:
    assert looks_like_unit(campaign, unit) is None
    found = read_registration(campaign, f"组队 {unit} 人道暖昭通 队长李敏 13900000000")
    assert (found.unit, found.captain) == (unit, "李敏")


@pytest.mark.parametrize(
    "typed",
    ["昭通市第一中学（北校区）", "昭通市第一中学 (北校区)", "昭通市第一中学【北校区】", "昭通市第一中学〔北校区〕"],
)
def test_brackets_have_one_form(campaign: Campaign, typed: str) -> None:
    assert read_registration(campaign, f"组队 {typed} 李敏").unit == "昭通市第一中学(北校区)"


@pytest.mark.parametrize(("name", "unit", "person"), NAMED)
def test_a_person_beside_the_unit(campaign: Campaign, name: str, unit: str, person: str) -> None:
    assert looks_like_unit(campaign, name) == "named"
    assert unit_within(campaign, name) == Inside(unit, person)


@pytest.mark.parametrize("name", ["昭通市审计局张三", "李敏昭通市第一中学"])
def test_beside_another_captain_nobody_is_guessed(campaign: Campaign, name: str) -> None:
    assert looks_like_unit(campaign, name, captain="王强") is None
    assert looks_like_unit(campaign, "昭通市审计局张三主任", captain="王强") == "named"


@pytest.mark.parametrize(
    ("name", "captain", "unit"),
    [
        ("永善县马楠乡李四", "李四", "永善县马楠乡"),
        ("昭通水务龙洞阿卓", "阿卓", "昭通水务龙洞"),
        ("阿卓木嘎昭通市第一中学", "阿卓木嘎", "昭通市第一中学"),
        ("向家坝水富电站", "向家坝", "水富电站"),
    ],
)
def test_the_captains_own_name_is_found_anywhere_beside_the_unit(
    campaign: Campaign, name: str, captain: str, unit: str
) -> None:
    assert looks_like_unit(campaign, name, captain) == "named"
    assert unit_within(campaign, name, captain) == Inside(unit, captain)


@pytest.mark.parametrize("name", ["李四", "李四的队", "李四战队", "李敏老师", "李建中"])
def test_a_person_is_no_unit(campaign: Campaign, name: str) -> None:
    assert looks_like_unit(campaign, name) == "person"


def test_a_captains_name_needs_no_usual_surname(campaign: Campaign) -> None:
    assert looks_like_unit(campaign, "昭通市审计局阿卓") is None
    assert looks_like_unit(campaign, "昭通市审计局阿卓", captain="阿卓") == "named"
    assert looks_like_unit(campaign, "昭通市审计局(阿卓)", captain="阿卓") == "named"
    assert looks_like_unit(campaign, "阿卓的队", captain="阿卓") == "person"
    assert looks_like_unit(campaign, "张桂梅女子高中", captain="张桂梅") is None


def _read(campaign: Campaign, text: str) -> tuple[str, str | None, str | None, str, str]:
    found = read_registration(campaign, text)
    return (
        found.unit,
        found.region.name if found.region else None,
        found.project.name if found.project else None,
        found.captain,
        found.phone,
    )


@pytest.mark.parametrize("text", WHOLE)
def test_whole_registrations(campaign: Campaign, text: str) -> None:
    assert _read(campaign, text) == FULL


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_partial_registrations(
    campaign: Campaign, text: str, expected: tuple[str, str | None, str | None, str, str]
) -> None:
    assert _read(campaign, text) == expected


@given(order=st.permutations(["昭通市第一中学", "昭阳区", "人道暖昭通", "队长李敏", "13900000000"]))
def test_the_order_does_not_matter(campaign: Campaign, order: list[str]) -> None:
    for separator in (" ", "，", "、", "\n"):
        assert _read(campaign, "组队 " + separator.join(order)) == FULL


@pytest.mark.parametrize(
    "words", ["想报名", "我是我们是", "的的", "中心 ", "全体教职工", "店长", "镇 ", "第④", "参加", "在水富"]
)
@pytest.mark.parametrize("line", ["组队 {}X", "组队 昭通{}Ω", "{}局X"])
def test_a_word_again_and_again_takes_no_longer(campaign: Campaign, words: str, line: str) -> None:
    started = process_time()
    read_registration(campaign, line.format(words * 400))
    assert process_time() - started < 1


@given(text=st.text())
def test_reading_never_raises(campaign: Campaign, text: str) -> None:
    read_registration(campaign, text)
    read_registration(campaign, f"组队 {text} 队长{text}")
