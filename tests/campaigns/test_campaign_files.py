"""A mistake in a campaign file becomes one line that names file, table and mend."""

from pathlib import Path

import pytest

from storage.campaign_files import CampaignFileError, load, read_folder

SOUND = """\
id = "small-2024"
name = "小活动"
short = "小活动"
year = 2024
level = "市"
platform = "腾讯公益"
document = "通知"
area = "某市"
organisers = [{ name = "某市红十字会" }]

[[regions]]
id = "east"
name = "东区"

[[projects]]
id = "one"
name = "第一项目"
purpose = "帮人"
contacts = ["li"]

[[contacts]]
id = "li"
name = "李"
office = "红十字会"
phones = ["0870-1"]

[policy]
voluntary = "自愿"

[policy.match]
kind = "random"
"""


def write(folder: Path, text: str, name: str = "small.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(path: Path) -> str:
    with pytest.raises(CampaignFileError) as caught:
        load(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(path.name)
    return line


def test_a_sound_file_loads(tmp_path: Path) -> None:
    assert load(write(tmp_path, SOUND)).project("one").contacts == ("li",)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            'purpose = "帮人"',
            'purpos = "帮人"',
            "[[projects]] no. 1 (one): unknown key 'purpos'; did you mean 'purpose'?",
        ),
        (
            'kind = "random"',
            'kind = "random"\npool = 3',
            "[policy.match]: unknown key 'pool'; did you mean 'pool_fen'?",
        ),
        (
            'name = "小活动"',
            'name = "小活动"\nzzz = 1',
            "the top of the file: unknown key 'zzz'; known: aliases, area",
        ),
        ('office = "红十字会"\n', "", "[[contacts]] no. 1 (li): the key 'office' is missing; add it"),
        ("year = 2024\n", "", "the top of the file: the key 'year' is missing; add it"),
        ('kind = "random"', 'kind = "lucky"', "[policy.match]: 'kind' is 'lucky'; it should be 'random', 'ratio'"),
        ("year = 2024", 'year = "soon"', "the top of the file: 'year' is 'soon'; it should be a valid integer"),
        (
            'phones = ["0870-1"]',
            "phones = [8701]",
            "[[contacts]] no. 1 (li): 'phones' is 8701; it should be a valid string",
        ),
        ('contacts = ["li"]', 'contacts = ["lo"]', "projects.one.contacts: no such id 'lo'; known: li"),
        ("[policy]", "[limits]\namout = 5\n\n[policy]", "[limits]: unknown key 'amout'; did you mean 'amount'?"),
        ("[policy]", "[limits]\njump = 1\n\n[policy]", "[limits]: 'jump' is 1; it should be greater than 1"),
        (
            "[policy]",
            '[offline]\napprove = "x"\n\n[policy]',
            "[offline]: 'approve' is 'x'; it should be a valid boolean",
        ),
        ('id = "east"', 'id = "East"', "[[regions]] no. 1 (East): 'id' is 'East'; it should"),
    ],
)
def test_the_line_names_table_and_mend(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    assert right in SOUND
    assert says in complaint(write(tmp_path, SOUND.replace(right, wrong, 1)))


def test_syntax_error_has_its_line(tmp_path: Path) -> None:
    assert "line 4" in complaint(write(tmp_path, SOUND.replace("year = 2024", "year = = 2024")))


def test_an_id_used_twice(tmp_path: Path) -> None:
    twice = SOUND.replace("[[projects]]", '[[regions]]\nid = "east"\nname = "西区"\n\n[[projects]]')
    assert "regions: id used twice: east" in complaint(write(tmp_path, twice))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """Those of the tables, those between tables, and those of the rulebook."""
    wrong = SOUND.replace('purpose = "帮人"', 'purpos = "帮人"').replace('contacts = ["li"]', 'contacts = ["lo", "la"]')
    wrong += '[[rulebook]]\nid = "a"\ntopic = "t"\nanswer = "x"\ncovers = ["invoce"]\ncontact = "le"\n'
    with pytest.raises(CampaignFileError) as caught:
        load(write(tmp_path, wrong))
    found = " ".join(caught.value.findings)
    for named in ("'purpos'", "'purpose' is missing", "'lo'", "'la'", "'le'", "'invoce'", "nobody asks"):
        assert named in found, (named, caught.value.findings)
    assert len(caught.value.findings) == len(set(caught.value.findings)) == 7
    assert all(finding in str(caught.value) for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ('[[regions]]\nid = "a"\nname = "甲"\nparent = "a"\n', "regions.a.parent: stands above itself"),
        (
            '[[regions]]\nid = "a"\nname = "甲"\nparent = "b"\n[[regions]]\nid = "b"\nname = "乙"\nparent = "a"\n',
            "regions.b.parent: stands above itself",
        ),
        ('[[regions]]\nid = "a"\nname = " "\n', "'name' is blank"),
        ('[[regions]]\nid = "a"\nname = "甲"\naliases = ["——"]\n', "'aliases' is blank"),
        ('[[regions]]\nid = "a"\nname = 3\n', "'name' is 3; it should be a valid string"),
        ("[windows.matching]\nstart = 2024-05-09\nend = 2024-05-07\n", "[windows.matching]: it ends before it starts"),
    ],
)
def test_what_would_break_at_run_time_is_refused(tmp_path: Path, added: str, says: str) -> None:
    assert says in complaint(write(tmp_path, f"{SOUND}\n{added}"))


PUSH = '[[pushes]]\nid = "{}"\njob = "bulletin"\nat = {}\ndays = {}\naudience = ["robots"]\nrobots = ["x"]\n'


def test_two_pushes_of_a_job_at_one_minute_are_refused(tmp_path: Path) -> None:
    first = PUSH.format("noon", "[12:00:00, 18:30:00]", "[2024-05-08]")
    said = complaint(write(tmp_path, f"{SOUND}\n{first}\n" + PUSH.format("late", "[18:30:05]", "[]")))
    assert "pushes.late: the same job as 'noon' at the same minute (18:30) to the same (x)" in said
    load(write(tmp_path, f"{SOUND}\n{first}\n" + PUSH.format("late", "[18:30:00]", "[2024-05-09]")))
    load(write(tmp_path, f"{SOUND}\n{first}\n" + PUSH.format("late", "[18:31:00]", "[]")))
    load(write(tmp_path, f"{SOUND}\n{first}\n" + PUSH.format("late", "[18:30:00]", "[]").replace('"x"', '"y"')))


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('id = "某市"'.encode("gbk"))
    assert "not UTF-8" in complaint(path)


def test_no_such_file(tmp_path: Path) -> None:
    assert "cannot be read" in complaint(tmp_path / "gone.toml")


def test_two_files_may_not_share_an_id(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "a.toml")
    write(tmp_path, SOUND, "b.toml")
    (_, first), (_, second) = read_folder(tmp_path)
    assert first.id == "small-2024"
    assert "b.toml: id 'small-2024' is already used by a.toml" in str(second)


def test_a_bad_file_hides_none_of_the_others(tmp_path: Path) -> None:
    write(tmp_path, "id = ", "a.toml")
    write(tmp_path, SOUND, "b.toml")
    (_, bad), (path, good) = read_folder(tmp_path)
    assert isinstance(bad, CampaignFileError)
    assert (path.name, good.id) == ("b.toml", "small-2024")


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert list(read_folder(tmp_path / "gone")) == []


def test_a_blank_is_named(tmp_path: Path) -> None:
    assert "'name' is blank; fill it in" in complaint(write(tmp_path, SOUND.replace('name = "小活动"', 'name = ""')))
