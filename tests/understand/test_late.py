"""Expressions that are compiled late: each can be, and answers as a compiled one."""

import gc
import re
from importlib import import_module

import pytest

from handlers.language import late


def test_every_one_of_the_program_can_be_compiled() -> None:
    import_module("bot.app")
    known = [each for each in gc.get_objects() if isinstance(each, late._Late)]
    assert len(known) > 100
    for each in known:
        each.search("")


def test_it_answers_as_the_compiled_one_does() -> None:
    found = late.pattern("(a)|B", re.IGNORECASE)
    assert found.findall("Ab") == re.findall("(a)|B", "Ab", re.IGNORECASE)
    assert found.sub("-", "xAb") == "x--"
    assert found.flags & re.IGNORECASE


def test_what_is_no_expression_is_refused_at_its_first_use() -> None:
    wrong = late.pattern("(")
    with pytest.raises(re.error):
        wrong.search("x")
