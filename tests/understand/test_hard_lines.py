"""A message of the greatest length, made of the words that the reading loops over, holds nobody up.

Measured in the thread's own time, so that a busy machine fails no test; the bound is far above what a line takes.
"""

from datetime import datetime
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import router
from handlers.understand.chain import list_of
from handlers.understand.correcting import read_correction
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.registration import read_registration
from storage.campaign_schema import Campaign

NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
LONGEST, LONGEST_CHAIN = 2_000, 12_000
SECONDS = 1.0
_COURTESIES = """
看 看看 看一下 看下 一下 下 查 查一下 发 发一下 来个 给我 我 老师 谢谢 谢谢您 吧 了 呢
好不好 可以吗 可以不可以 行不行 中不中 收到没有 对不对 是不是 吗 么 不 没
想要 要 想 报名 组队 组个队 报个名 愿意 特此 申请 参加 选择 队长姓名 联系电话 微信同号 自己的 代表 我队 我们
今天 现在 目前 已经 刚刚 累计 一共 今年 截至 有没有 电话号码 不是 是 应该 应是 报成 少报 多报 写成 不对 去了
队长 队上 是少了点 剩下的全是 的 个 支 啊 哈 六 十 万 3 0333 1, , 。 ! : ( ) - @ . ~
"""
WORDS = (*_COURTESIES.split(), "! ", " ")
HEADS = ("", "好", "请问", "昭通市第一中学", "组队 昭通市审计局", "今天七七")
TAILS = ("", "好", "?", "#好")


def seconds(campaign: Campaign, line: str) -> dict[str, float]:
    """How long each reading of a line takes."""
    readings = {
        "read": lambda: read(line, Ear(campaign, (), NOW, heads=router.heads)),
        "registration": lambda: read_registration(campaign, line),
        "correction": lambda: read_correction(line, Ear(campaign, (), NOW)),
    }
    taken = {}
    for name, reading in readings.items():
        began = thread_time()
        reading()
        taken[name] = thread_time() - began
    return taken


def slow(campaign: Campaign, line: str) -> dict[str, float]:
    return {name: taken for name, taken in seconds(campaign, line).items() if taken > SECONDS}


@pytest.mark.parametrize("word", WORDS)
def test_one_word_again_and_again(campaign: Campaign, word: str) -> None:
    """Short enough to end where every repetition doubles the time, and as long as a message may be."""
    for turn, length in enumerate((60, LONGEST)):
        place = WORDS.index(word) + turn
        head, tail = HEADS[place % len(HEADS)], TAILS[place % len(TAILS)]
        line = f"{head}{word * (length // len(word))}"[: length - 2] + tail
        assert slow(campaign, line) == {}, line[:40]


@settings(deadline=None, max_examples=40)
@given(
    head=st.sampled_from(HEADS),
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    length=st.sampled_from([60, LONGEST]),
    tail=st.sampled_from(TAILS),
)
def test_any_mixture_of_them(campaign: Campaign, head: str, words: list[str], length: int, tail: str) -> None:
    mixed = "".join(words)
    line = f"{head}{mixed * (length // len(mixed))}"[: length - 2] + tail
    assert slow(campaign, line) == {}, line[:40]


@pytest.mark.parametrize("filling", ["好", "(", ")", "a", "(好", "好 "])
def test_a_chain_with_one_endless_line(campaign: Campaign, filling: str) -> None:
    line = filling * (11_000 // len(filling))
    began = thread_time()
    list_of(f"接龙报名\n1、昭阳区第一小学 李敏\n2、{line}"[:LONGEST_CHAIN], Ear(campaign, (), NOW))
    assert thread_time() - began < SECONDS
