"""The words that work, as people in a hurry type them."""

import pytest

from tests.conversations.conftest import Office


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("注消", "注销"),
        ("退定", "退订"),
        ("丁阅", "订阅"),
        ("邦定", "绑定"),
        ("牌行", "排行"),
        ("彻回", "撤回"),
        ("人领", "认领"),
        ("带审", "待审"),
        ("代答", "待答"),
        ("驳会", "驳回"),
        ("我的侠区", "我的辖区"),
    ],
)
def test_a_word_that_was_misspelt_by_sound_is_offered_and_not_done(office: Office, typed: str, word: str) -> None:
    assert f"您是不是想说：{word}？" in office.person("路人").say(typed)
