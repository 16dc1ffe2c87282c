"""`yidui campaign regions`: trees of places by the national codes, and the five campaigns' own places beside them."""

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.divisions import area_called, full_name, national
from storage.campaign_document import Region
from storage.campaign_files import load

CAMPAIGNS = Path(__file__).parents[2] / "campaigns"
FIVE = ("zhaotong-2024", "sichuan-2024", "erqi-2020", "ezhou-2023", "suining-2023")


Printed = Callable[..., tuple[str, str]]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """What `yidui campaign regions` prints, and what it says beside."""

    def run(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["yidui", "campaign", "regions", *arguments])
        with pytest.raises(SystemExit):
            main()
        told = capsys.readouterr()
        return told.out, told.err

    return run


def regions(printed: Printed, *arguments: str) -> list[Region]:
    return [Region.model_validate(table) for table in tomllib.loads(printed(*arguments)[0])["regions"]]


@pytest.mark.parametrize(
    ("area", "levels", "counted"),
    [
        ("四川省", "city,county", {4: 21, 6: 183}),
        ("昭通市", "county,town", {6: 11, 9: 150}),
        ("530600", "", {6: 11}),
        ("郑州市二七区", "town", {9: 16}),
        ("北京市", "county", {6: 16}),
        ("东莞市", "town", {9: 36}),
    ],
)
def test_a_tree_has_every_place_once(printed: Printed, area: str, levels: str, counted: dict[int, int]) -> None:
    tree = regions(printed, area, *(["--levels", levels] if levels else []))
    sizes = [len(region.code) for region in tree]
    assert {size: sizes.count(size) for size in set(sizes)} == counted
    ids = {region.id: region for region in tree}
    assert len(ids) == len(tree)
    for region in tree:
        assert region.name == national()[region.code].name
        if region.parent:
            assert region.code.startswith(ids[region.parent].code)


def test_short_names_are_what_people_say_and_belong_to_the_widest(printed: Printed) -> None:
    tree = {region.code: region for region in regions(printed, "四川省", "--levels", "city,county")}
    assert tree["511132"].aliases == ("峨边", "峨边县")
    assert tree["513200"[:4]].aliases == ("阿坝", "阿坝州")
    assert tree["513231"].aliases == ()
    assert tree["511525"].name == "高县"
    assert tree["511525"].aliases == ()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("鼓楼区",), "鼓楼区 stands in 4 places: 江苏省南京市鼓楼区 (320106), "),
        (("城关镇",), "城关镇 stands in 88 places: "),
        (("不知道",), "is called '不知道'"),
        (("昭通市", "--levels", "city"), "昭通市 is a city: nothing in it is a city"),
        (("昭通市", "--levels", "village"), "there is no level 'village'"),
    ],
)
def test_what_is_not_plain_is_one_line(printed: Printed, arguments: tuple[str, ...], told: str) -> None:
    out, error = printed(*arguments)
    assert (out, len(error.splitlines())) == ("", 1)
    assert told in error
    assert full_name(area_called("福州市鼓楼区")) == "福建省福州市鼓楼区"


@pytest.mark.parametrize("campaign_id", FIVE)
def test_the_places_of_a_campaign_are_those_of_the_national_codes(campaign_id: str) -> None:
    campaign = load(CAMPAIGNS / campaign_id)
    area, known = area_called(campaign.area.removeprefix("郑州市")), national()
    coded = {region.code: region for region in campaign.regions if region.code}
    assert coded
    for code, region in coded.items():
        assert code.startswith(area.code)
        assert known[code].name in (region.name, *region.aliases)
        above = campaign.region(region.parent).code if region.parent else area.code
        assert code.startswith(above)
        assert above != code
    outer = {len(code) for code, region in coded.items() if not region.parent}
    sort = outer.pop()
    assert not outer
    every = {code for code in known if code.startswith(area.code) and len(code) == sort}
    assert every - coded.keys() == set()
