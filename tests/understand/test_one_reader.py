"""Nobody but the readers looks at the text of a message: a feature in `handlers` holds no pattern and takes none apart.

What a message may know of its words comes from `handlers/understand`, `wishes`, `rulebook` and `language`; a feature
asks for a slot (`ctx.slots.team`) or a validator.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers import router
from handlers.understand.ear import Ear
from handlers.understand.reading import read
from handlers.understand.readings import Answer, Ask, Look, Misspelt, Reading, Report, Unsure, WordAhead
from storage.campaign_schema import Campaign
from tests.understand.listening import team_and_ear

NOW = datetime(2024, 5, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
FEATURES = sorted((Path(__file__).parents[2] / "handlers").glob("*.py"))
READERS = {
    "handlers.language.text": {"is_question", "without_greeting", "without_ending"},
    "handlers.language.non_answers": {"non_answer", "names_nothing", "covered"},
    "handlers.language.words": {"WORDS"},
    "handlers.language.sound": {"sounds_alike", "syllable"},
    "rapidfuzz": {"fuzz", "process"},
}
TAKES_APART = {
    "split", "rsplit", "splitlines", "partition", "rpartition", "startswith", "endswith", "removeprefix",
    "removesuffix", "find", "index", "isdigit", "isascii", "lower", "replace",
}  # fmt: skip


def looks(tree: ast.Module) -> Iterator[str]:
    """Each place where a module looks at the text of a message itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names) if any(name.name == "re" for name in names):
                yield "import re"
            case ast.ImportFrom(module, names) if module and READERS.get(module, set()) & {n.name for n in names}:
                yield f"from {module} import {', '.join(n.name for n in names)}"
            case ast.Call(ast.Attribute(said, method)) if method in TAKES_APART and is_text(said):
                yield f"{ast.unparse(said)}.{method}"
            case ast.Compare(_, operators, [said]) if is_text(said) and isinstance(operators[0], ast.In | ast.NotIn):
                yield ast.unparse(node)
            case ast.Subscript(said, _) if is_text(said):
                yield ast.unparse(node)


def is_text(node: ast.AST) -> bool:
    """Whether an expression is the text of a message, or of what stands behind its word."""
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("ctx.args", "ctx.message.text", "message.text")


@pytest.mark.parametrize("module", FEATURES, ids=lambda path: path.stem)
def test_a_feature_looks_at_no_text(module: Path) -> None:
    assert list(looks(ast.parse(module.read_text(encoding="utf-8")))) == []


def test_the_search_finds_what_it_is_for() -> None:
    said = (
        "import re\nfrom handlers.language.text import is_question\nctx.args.split(' ')\n'队' in ctx.args\nctx.args[2:]"
    )
    assert len(list(looks(ast.parse(said)))) == 5


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("李敏", Answer),
        ("稍等我问下主任", Answer),
        ("3", Answer),
        ("到9800了", Answer),
        ("线下", Answer),
        ("对吗", Answer),
        ("进度 9800元 130人次", Report),
        ("排行", WordAhead),
        ("几点开始配捐？", Ask),
    ],
)
def test_where_a_question_is_open_all_but_what_is_plain_may_answer_it(
    campaign: Campaign, said: str, expected: type[Reading]
) -> None:
    ear = Ear(campaign, (), NOW, heads=router.heads, answering=True)
    assert isinstance(read(said, ear), expected)
    assert not isinstance(read(said, Ear(campaign, (), NOW, heads=router.heads)), Answer)


def test_a_form_of_words_that_recurs_may_still_answer_an_open_question(campaign: Campaign) -> None:
    ear = Ear(campaign, (), NOW, heads=router.heads)
    for figure in ("9801", "9802", "9803"):
        assert isinstance(read(f"一共到{figure}元了", ear), Report)
    assert isinstance(read("一共到9804元了", replace(ear, answering=True)), Answer)


def test_an_answer_says_whether_she_needs_time_or_asks_back(campaign: Campaign) -> None:
    ear = Ear(campaign, (), NOW, answering=True)
    for said, slots in {
        "等一会儿": (True, False, False, False),
        "是这样吗": (False, True, False, False),
        "要我确认哪个": (True, False, True, False),
        "4800": (False, False, False, True),
    }.items():
        answer = read(said, ear)
        assert isinstance(answer, Answer)
        assert (answer.needs_time, answer.asks_back, answer.asks_what, answer.digits) == slots, said


def test_a_code_alone_is_a_teams_or_a_matters(campaign: Campaign) -> None:
    ear = Ear(campaign, (), NOW, heads=router.heads)
    for said in ("#37", "0037", "37号队", "编号0037", "编号：37"):
        assert read(said, ear) == Look("0037"), said
    assert read("编号D37", ear) == Ask("matter")


def test_a_figure_alone_of_whoever_leads_a_team_is_no_code() -> None:
    _, ear = team_and_ear()
    for said in ("9872", "：9872", "了9872", "队9872"):
        assert isinstance(read(said, ear), Report), said


def test_a_word_that_only_sounds_like_one_is_none(campaign: Campaign) -> None:
    misspelt = read("派行", Ear(campaign, (), NOW, heads=router.heads))
    assert isinstance(misspelt, Misspelt)
    assert "排行" in misspelt.words
    numbered = read("7", Ear(campaign, (), NOW, heads=router.heads))
    assert isinstance(numbered, Unsure)
    assert numbered.numbers
