"""Whatever the bot can say, asked or unasked: no sentence of it presses anybody, read off the texts themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.language.pressing import pressing_word

TEXTS = Path(__file__).parents[2] / "handlers" / "texts"
SOMETHING = "甲"
"""Stands where a sentence holds a name or a figure."""
NAMES = {"cases.py": {"强制捐款"}}
"""What a complaint may be about is no demand."""


def sentences(file: Path) -> Iterator[str]:
    """Every text in a module but its docstrings; one with figures in it as a whole."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
    said_to_readers = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else SOMETHING for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said_to_readers:
            yield node.value


@pytest.mark.parametrize("file", sorted(TEXTS.glob("*.py")), ids=lambda file: file.stem)
def test_no_sentence_presses(file: Path) -> None:
    pressing = {text for text in sentences(file) if pressing_word(text)}
    assert pressing == NAMES.get(file.name, set())


def test_a_sentence_that_presses_is_found(tmp_path: Path) -> None:
    file = tmp_path / "told.py"
    file.write_text(
        'def told(n: int) -> str:\n    """必须都捐"""\n    return f"还有{n}天，必须都捐"\n', encoding="utf-8"
    )
    assert {text for text in sentences(file) if pressing_word(text)} == {f"还有{SOMETHING}天，必须都捐", "天，必须都捐"}
