"""The trained classifier: its artefact, what it hears, what it costs, and that a row teaches it."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from handlers.language.text import normalise
from handlers.language.words import Opinion
from handlers.understand.intents import FIGURE, Guess, Model, campaign_names, grams, guess, masked, model
from storage.campaign_schema import Campaign
from training.intents import DATA, Fitted, Row, Scale, fit, held_out, pack, read_digest, read_rows

ROOT = Path(__file__).parents[2]
TAUGHT = "让娃儿歇口气改明儿个再续"
"""Nonsense that means nothing to the artefact that comes with the program."""


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows((DATA / "intents.tsv").read_text(encoding="utf-8"))


def test_the_artefact_belongs_to_the_data_and_to_how_it_is_read(rows: list[Row]) -> None:
    data = (DATA / "intents.tsv").read_bytes()
    assert model().data == hashlib.sha256(data).hexdigest(), "run `make intents`"
    assert model().read == read_digest(rows), "the masking changed: run `make intents`"
    assert len((DATA / "intents.bin").read_bytes()) <= 400_000


def test_the_rows_stand_sorted_by_intent_and_every_intent_has_some() -> None:
    lines = (DATA / "intents.tsv").read_text(encoding="utf-8").splitlines()
    intents = [line.partition("\t")[0] for line in lines if not line.startswith("# ")]
    assert intents == sorted(intents)
    assert sorted(set(intents)) == sorted(model().intents)
    assert min(map(intents.count, model().intents)) >= 40


@pytest.mark.parametrize(
    "rows", ["nowhere\t一句话", "thanks", "thanks\t", "thanks\t多谢\nthanks\t多谢", "thanks\t谢3次\nbind\t谢8次"]
)
def test_a_row_that_cannot_be_learnt_is_refused(rows: str) -> None:
    with pytest.raises(ValueError, match="line"):
        read_rows(rows)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("进度３２００元 45人次", "进度§元§人次"),
        ("今天1.2万，一百二十三点五元，三千", "今天§,§元,§"),
        ("今日新增0元", "今日新增0元"),
        ("今日新增20元", "今日新增§元"),
        ("电话改成 138 0000 1111", "电话改成☎"),
        ("座机0870-1234567", "座机☎"),
        ("经核实，0072属实；#45 通过", "经核实,※属实;※通过"),
        ("绑定 K7M2PQ9X", "绑定※"),
        ("绑定 HVTGRBCN", "绑定※"),
        ("截至5月8日18:30，三月五号，2024年，八点半", "截至¤¤,¤,¤,¤"),
        ("看 https://example.com/a?b=1 的", "看↗的"),
        ("永善县绿美昭通筹了多少", "◎◎筹了多少"),
        ("一下，万一，十分感谢，一点都不懂", "一下,万一,十分感谢,一点都不懂"),
        ("哈哈哈哈哈！！！！", "哈哈!!"),
        ("OK的 Hello", "ok的hello"),
    ],
)
def test_what_differs_from_day_to_day_is_a_sign(campaign: Campaign, said: str, read: str) -> None:
    names = (*campaign_names(campaign), "绿美昭通")
    assert masked(normalise(said), names) == read
    assert masked(read, names) == read


def test_names_that_hold_another_are_masked_whole(campaign: Campaign) -> None:
    names = campaign_names(campaign)
    assert list(names) == sorted(names, key=len, reverse=True)
    assert masked("参加慈善关爱“一老一小”", names) == "参加◎"
    assert masked("永善比巧家多", names) == "◎比◎多"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("老师我们队现在累计4,650元 93人次", "report"),
        ("门卫室边上贴的那张码被人换成他自己的了", "incident"),
        ("咱们和前头那家差好多嘛", "team"),
        ("前天下午我报的是多少来着", "history"),
        ("刚才不该撤的，给我恢复起", "restore"),
        ("我们村今天一个捐的都没有", "nothing"),
        ("烦死个人，问了又问", "impatience"),
        ("我登记的手机号别人看得到不", "privacy"),
        ("把我的账号和资料都注销掉", "leave"),
        ("我负责的县还有哪几个队没报数", "regions"),
        ("0068 名称不对，驳回", "reject"),
        ("0068号队审核通过", "approve"),
        ("大家好呀", "greeting"),
        ("登记的电话换了，给改一下", "amend"),
        ("配捐是哪几天", "rule"),
    ],
)
def test_lines_that_are_not_in_the_data(rows: list[Row], said: str, wanted: Opinion) -> None:
    assert masked(normalise(said)) not in {row.line for row in rows}
    assert guess(said).best == wanted


def test_complaints_that_training_has_not_seen_are_heard(rows: list[Row]) -> None:
    lines = (ROOT / "tests" / "data" / "complaints.tsv").read_text(encoding="utf-8").splitlines()
    complaints = [line for line in lines if not line.startswith("# ")]
    taught = {row.line for row in rows}
    assert len(complaints) >= 180
    assert not [line for line in complaints if masked(normalise(line)) in taught]
    heard = [line for line in complaints if guess(line).complaint]
    assert len(heard) / len(complaints) >= 0.97


def test_few_other_lines_are_taken_for_complaints(rows: list[Row]) -> None:
    sets = (("messages-m3", "incident", 0.1), ("questions_f4", "incident|impostor|forced|misuse", 0.15))
    for name, complaints, most in sets:
        lines = (ROOT / "tests" / "data" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        cells = [line.split("\t") for line in lines if not line.startswith("# ")]
        others = [said for _, said, wanted, *_ in cells if not set(wanted.split("|")) & set(complaints.split("|"))]
        assert sum(guess(said).complaint for said in others) / len(others) <= most, name


def test_a_guess_is_two_choices_with_their_probabilities() -> None:
    made = guess("排行")
    assert (made.best, made.complaint) == ("rank", False)
    assert 0 < made.second_probability < made.probability <= 1
    assert made.second != made.best
    assert made.margin == pytest.approx(made.probability - made.second_probability)
    nothing = guess("")
    assert isinstance(nothing, Guess)
    assert nothing.probability < 0.9


def test_an_artefact_of_other_intents_is_refused(rows: list[Row]) -> None:
    fitted = fit([row for row in rows if row.intent in ("thanks", "confirm", "incident")])
    with pytest.raises(ValueError, match="make intents"):
        Model(pack(fitted, Scale(1.0, 0.0), b"thanks\tthanks"))


def test_one_row_teaches_a_phrase(rows: list[Row]) -> None:
    assert guess(TAUGHT).best != "restore"
    data = (DATA / "intents.tsv").read_bytes() + f"restore\t{TAUGHT}\n".encode()
    taught = Model(pack(fit(read_rows(data.decode())), Scale(5.0, 0.0), data))
    made = taught.guess(masked(f"老师{TAUGHT}"))
    assert made.best == "restore"
    assert made.margin > 0.5
    assert taught.data != model().data


def test_training_twice_makes_the_same_machine(rows: list[Row]) -> None:
    few = [row for row in rows if row.intent in ("thanks", "confirm", "incident")]
    one, other = fit(few), fit(few)
    assert pack(one, Scale(5.0, 0.0), b"") == pack(other, Scale(5.0, 0.0), b"")
    assert held_out(few).shape == (len(few), 3)


def test_what_is_packed_decides_as_what_was_fitted(rows: list[Row]) -> None:
    fitted: Fitted = fit(rows)
    opened = Model(pack(fitted, Scale(5.0, 0.0), b""))
    sample = [row.line for row in rows[::40]]
    decided = [fitted.intents[place] for place in fitted.decisions(sample).argmax(axis=1)]
    same = sum(opened.guess(line).best == best for line, best in zip(sample, decided, strict=True))
    assert same / len(sample) >= 0.985


def _seconds(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(5):
        started = process_time()
        run()
        best = min(best, process_time() - started)
    return best


@pytest.mark.parametrize(
    "line",
    ["老师我们学校今天又收到家长的捐款3200元请问排第几", "1:", "5月", "a1", "一点", "☎1 ", "http://", FIGURE],
)
def test_the_time_of_a_guess_is_linear_in_the_line(line: str) -> None:
    guess("排行")
    long, longer = (line * 2500)[:2500], (line * 5000)[:5000]
    assert _seconds(lambda: guess(longer)) <= 4 * _seconds(lambda: guess(long)) + 0.002
    assert _seconds(lambda: guess(longer)) <= 0.1


def test_a_line_costs_less_than_half_a_millisecond(rows: list[Row]) -> None:
    lines = [row.line for row in rows[::20]]
    assert _seconds(lambda: [guess(line) for line in lines]) / len(lines) <= 0.0005


def test_runs_are_of_one_to_three_characters() -> None:
    assert grams("码呢") == {"^", "码", "呢", "$", "^码", "码呢", "呢$", "^码呢", "码呢$"}
