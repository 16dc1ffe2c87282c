"""Names are compared in one way, however they are written."""

import pytest

from handlers.language.called import holds_name, is_name, is_part_of

NAMES = ("慈善关爱“一老一小”", "C&D 商场")


@pytest.mark.parametrize("said", ["慈善关爱一老一小", "慈善关爱 “一老一小”！", "ｃ＆ｄ商场", "C D商场"])
def test_width_blanks_marks_and_case_make_no_other_name(said: str) -> None:
    assert is_name(said, NAMES)
    assert is_part_of(said, NAMES)
    assert holds_name(f"我们选{said}吧", NAMES)


@pytest.mark.parametrize(
    ("said", "part"), [("一老一小", True), ("D商", True), ("老", False), ("", False), ("商场街", False)]
)
def test_a_part_of_a_name_has_two_characters(said: str, part: bool) -> None:
    assert is_part_of(said, NAMES) is part
    assert not is_name(said, NAMES)
    assert not holds_name(said, NAMES)


def test_a_name_of_one_character_is_meant_by_itself() -> None:
    assert is_part_of("王", ("王",))
