"""What a push consists of, as XML and as JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeGuard
from xml.sax.saxutils import escape

Value: TypeAlias = "str | int | float | Fields | Sequence[Fields]"
Fields: TypeAlias = Mapping[str, Value]
"""Elements by name. A sequence stands for elements of the same name, one after another."""

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_fields(value: object) -> TypeGuard[Fields]:
    """Whether something that came as JSON can be written as a push."""
    return isinstance(value, dict) and all(_is_value(each) for each in value.values())


def to_xml(fields: Fields) -> str:
    """One `<xml>` element; numbers stand bare, text in CDATA without the characters XML cannot carry."""
    return f"<xml>{_elements(fields)}</xml>"


def to_json(fields: Fields) -> str:
    """One JSON object. The `List` of subscription events stands on top, a single item of it without the brackets."""
    flat: dict[str, object] = {}
    for name, value in fields.items():
        if isinstance(value, Mapping) and set(value) == {"List"}:
            items = value["List"]
            flat["List"] = items[0] if isinstance(items, Sequence) and len(items) == 1 else items
        else:
            flat[name] = value
    return NOT_IN_XML.sub("", json.dumps(flat, ensure_ascii=False))


def _is_value(value: object) -> bool:
    if isinstance(value, list):
        return all(is_fields(each) for each in value)
    return is_fields(value) or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _elements(fields: Fields) -> str:
    return "".join(_element(escape(name), value) for name, value in fields.items())


def _element(name: str, value: Value) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(_element(name, each) for each in value)
    return f"<{name}>{_content(value)}</{name}>"


def _content(value: "str | int | float | Fields") -> str:
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f"<![CDATA[{NOT_IN_XML.sub('', value).replace(']]>', ']]]]><![CDATA[>')}]]>"
    return _elements(value)
