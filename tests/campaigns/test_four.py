"""The campaign files of 鄂州, 二七区, 遂宁 and 四川 say what their documents say, completely and in their figures."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from storage.campaign_files import CampaignFileError, load
from storage.campaign_schema import Campaign

FOLDER = Path(__file__).parents[2] / "campaigns"
FOUR = ("ezhou-2023", "erqi-2020", "suining-2023", "sichuan-2024")
PRESSING = re.compile(
    "必须捐|人均|至少捐|未捐名单|人人都要捐|务必捐|带头捐|踊跃捐|应捐尽捐|不得少于|一定要捐|赶紧捐|快来捐"
)
DAMAGED = re.compile("20236|〔20223|慈善龙|2023529|“好遂宁|每社区|3-5社区")


@pytest.fixture(scope="module", params=FOUR)
def each(request: pytest.FixtureRequest) -> Campaign:
    return load(FOLDER / request.param)


@pytest.fixture(scope="module")
def ezhou() -> Campaign:
    return load(FOLDER / "ezhou-2023")


@pytest.fixture(scope="module")
def erqi() -> Campaign:
    return load(FOLDER / "erqi-2020")


@pytest.fixture(scope="module")
def suining() -> Campaign:
    return load(FOLDER / "suining-2023")


@pytest.fixture(scope="module")
def sichuan() -> Campaign:
    return load(FOLDER / "sichuan-2024")


def figures(campaign: Campaign) -> dict[str, str]:
    return {fact.id: fact.figure + fact.unit for fact in campaign.facts}


# ---------------------------------------------------------------- what holds for each of them


def test_everything_says_where_it_is_from(each: Campaign) -> None:
    tables = (each.organisers, each.regions, each.projects, each.contacts, each.rulebook)
    more = (each.tasks, each.review_levels, each.sites, each.facts)
    assert all(row.source for rows in (*tables, *more) for row in rows)


def test_what_was_repaired_or_inferred_is_explained(each: Campaign) -> None:
    for rows in (each.organisers, each.regions, each.projects, each.contacts, each.tasks, each.facts):
        assert all(row.note for row in rows if row.status in ("repaired", "inferred"))


def test_no_damaged_form_is_quoted(each: Campaign) -> None:
    assert not DAMAGED.search(each.model_dump_json())


def test_no_name_means_two_regions_or_two_projects(each: Campaign) -> None:
    for things in (each.regions, each.projects):
        names = [name for thing in things for name in ((thing.name, thing.parent), *thing.aliases)]
        assert len(names) == len(set(names))


def test_a_bucket_takes_who_belongs_nowhere(each: Campaign) -> None:
    assert any(region.bucket for region in each.regions)


def test_offices_are_named_where_no_person_is(each: Campaign) -> None:
    assert each.contacts
    assert all(contact.phones == () and contact.office and contact.public for contact in each.contacts)
    assert all(project.contacts for project in each.projects)


def test_rulebook_is_large_and_phrased(each: Campaign) -> None:
    assert len(each.rulebook) >= 35
    phrasings = [q for r in each.rulebook for q in r.questions]
    assert len(phrasings) == len(set(phrasings))
    assert all(len(r.questions) >= 3 for r in each.rulebook)


def test_silence_is_said_and_somebody_named(each: Campaign) -> None:
    offices = {contact.office for contact in each.contacts}
    for r in each.rulebook:
        assert ("未规定" in r.answer) == (r.status == "not stated"), r.id
        if r.status == "not stated":
            assert r.contact, r.id
            assert any(office in r.answer for office in offices), r.id


@pytest.mark.parametrize("kind", ["gift-of-person", "phone", "farming", "withdraw", "quota"])
def test_refusals_refuse(each: Campaign, kind: str) -> None:
    refused = next(r for r in each.rulebook if r.id == f"refuse-{kind}")
    assert refused.topic == "refuse"
    assert "不能" in refused.answer


def test_nothing_presses_anybody(each: Campaign) -> None:
    for r in each.rulebook:
        assert not PRESSING.search(r.answer), r.id
        assert "确认" not in r.answer, r.id
    assert "自愿" in next(r.answer for r in each.rulebook if r.id == "voluntary")


# ---------------------------------------------------------------- 鄂州


def test_ezhou_organisers(ezhou: Campaign) -> None:
    roles = [organiser.role for organiser in ezhou.organisers]
    assert (roles.count("指导单位"), roles.count("主办"), roles.count("联合主办")) == (4, 1, 3)
    assert any(o.name == "腾讯公益慈善基金会" for o in ezhou.organisers)


def test_ezhou_days_and_pool(ezhou: Campaign) -> None:
    matching, match = ezhou.windows.matching, ezhou.policy.match
    assert ezhou.parent == "第二届湖北数字公益节"
    assert matching
    assert matching.start
    assert matching.end
    assert (matching.start.date(), matching.end.date()) == (date(2023, 5, 20), date(2023, 5, 22))
    assert matching.opens is None
    assert "年份" in matching.note
    assert match
    assert (match.kind, match.pool_fen) == ("not stated", 3000 * 10_000 * 100)
    assert ezhou.policy.minimum_gift_fen is None


def test_ezhou_projects_and_record(ezhou: Campaign) -> None:
    assert [p.name for p in ezhou.projects] == ["鄂州慈善幸福家园", "鄂州市慈善大病救助"]
    record = figures(ezhou)
    assert (record["record-epidemic"], record["record-disinfectant"]) == ("2.7亿元", "10.3万元")
    assert sum(f.topic == "outlook" for f in ezhou.facts) == 4


# ---------------------------------------------------------------- 二七区


def test_erqi_project_tree(erqi: Campaign) -> None:
    children = [p.name for p in erqi.projects if p.parent == "zhuli-cishan"]
    assert children == ["二七商圈青春志愿行", "关爱老兵、情暖二七", "爱心午餐孝老专享"]
    assert "汤河乡援建计划" in erqi.project("tanghe").aliases
    assert figures(erqi)["sub-projects"] == "88个"


def test_erqi_sites_and_days(erqi: Campaign) -> None:
    assert {s.name for s in erqi.sites} == {"升龙广场", "德化步行街"}
    assert figures(erqi)["volunteers"] == "近4000名"
    assert figures(erqi)["public-areas"] == "137个"
    assert erqi.windows.matching is None
    assert erqi.windows.activity
    assert erqi.windows.activity.start == datetime.fromisoformat("2020-09-07T00:00:00+08:00")
    assert erqi.windows.activity.status == "inferred"


# ---------------------------------------------------------------- 遂宁


def test_suining_counts_items_and_has_no_money_window(suining: Campaign) -> None:
    assert suining.progress == "items"
    assert (suining.windows.matching, suining.windows.activity, suining.policy.match) == (None, None, None)
    asked = {t.id: (t.least, t.most) for t in suining.tasks}
    assert asked == {
        "projects": (3, None),
        "funds": (3, 5),
        "fund-projects": (1, None),
        "publicity-plan": (1, None),
    }
    deadlines = {t.id: t.deadline for t in suining.tasks if t.deadline}
    assert deadlines == {"projects": datetime.fromisoformat("2023-06-30T23:59:59+08:00")}
    assert all(t.status == "repaired" for t in suining.tasks if t.id != "publicity-plan")


def test_suining_counties_are_inferred(suining: Campaign) -> None:
    counties = [r for r in suining.regions if not r.bucket]
    assert [r.name for r in counties] == ["船山区", "安居区", "射洪市", "蓬溪县", "大英县"]
    assert all(r.status == "inferred" for r in counties)


def test_suining_slogans(suining: Campaign) -> None:
    assert len(suining.slogans) == 18
    assert suining.slogans[3].startswith("开好遂宁慈善大会")


# ---------------------------------------------------------------- 四川


def test_sichuan_organisers(sichuan: Campaign) -> None:
    roles = [organiser.role for organiser in sichuan.organisers]
    assert (roles.count("组委会"), roles.count("协办")) == (4, 7)
    workers = next(o for o in sichuan.organisers if o.name == "四川省职工发展基金会")
    assert "四川省困难职工帮扶基金会" in workers.aliases


def test_sichuan_regions(sichuan: Campaign) -> None:
    first_level = [r for r in sichuan.regions if r.parent is None and not r.bucket]
    assert len(first_level) == 21
    assert sichuan.region_path("hejiang") == ("hejiang", "luzhou")


def test_sichuan_projects(sichuan: Campaign) -> None:
    assert sum(p.parent is None for p in sichuan.projects) == 8
    assert {"合慈青云助学计划", "聚源美丽乡村行", "失能老人助养行动"} <= {p.name for p in sichuan.projects}


def test_sichuan_review_in_order(sichuan: Campaign) -> None:
    assert [level.reviewer for level in sichuan.review_levels] == [
        "项目发起方",
        "公募支持方",
        "项目评估组",
        "第三方专业机构",
        "联办单位",
        "主办单位",
    ]


def test_sichuan_days_and_results(sichuan: Campaign) -> None:
    activity, publicity = sichuan.windows.activity, sichuan.windows.publicity
    assert activity
    assert activity.start
    assert publicity
    assert publicity.start
    assert (activity.start.date(), publicity.start.date()) == (date(2024, 8, 2), date(2024, 7, 29))
    result = figures(sichuan)
    assert (result["raised"], result["donations"], result["offline"]) == ("约2467万元", "约21万人次", "超过300万元")
    assert (result["projects-applied"], result["projects-admitted"]) == ("296个", "208个")


# ---------------------------------------------------------------- what the schema refuses


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("least = 3\nmost = 5", "least = 6\nmost = 5", "least 6 is above most 5"),
        ('"船山区"\naliases', '"船山区"\nalias', "unknown key 'alias'"),
        ('regions = ["shiben"', 'regions = ["nowhere"', "no such id 'nowhere'"),
        ('figure = "18"\nunit = "条"\ntext = "附件，供参考"\n', "", "neither figure nor text"),
    ],
)
def test_mistakes_in_the_new_tables_are_named(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    text = (FOLDER / "suining-2023" / "campaign.toml").read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "suining.toml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(CampaignFileError, match=re.escape(says)):
        load(path)
