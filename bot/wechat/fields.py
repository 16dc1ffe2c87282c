"""The fields of a decrypted push, from XML or JSON, within bounds. Untrusted text in, strings out."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from bot.wechat.characters import carriable
from bot.wechat.crypto import Unreadable

Fields = dict[str, str]

DEPTH_LIMIT = 8
ELEMENT_LIMIT = 500
ITEM = "List"
"""What WeChat calls one item of a list, in XML a sibling of the others (wechat-platform §2.3)."""
_FIELD = r"<(?P<name>[A-Z][A-Za-z]{0,40})>(?:<!\[CDATA\[([^\]\r]*)\]\]>|([^<>&\r]*))</(?P=name)>\n?"
_EACH, _ALL = re.compile(_FIELD), re.compile(rf"<xml>\n?((?:{_FIELD}){{1,30}})</xml>")
"""A push as nearly all are: fields beside one another, and nothing in them that XML writes otherwise."""


@dataclass(frozen=True, slots=True)
class Push:
    """The top-level fields; and, of the events that carry one, the list's items. Other nested fields are left out."""

    fields: Fields = field(default_factory=dict)
    items: list[Fields] = field(default_factory=list)

    def get(self, *spellings: str) -> str:
        """The field that has one of these names, '' if none has."""
        return next((self.fields[name] for name in spellings if name in self.fields), "")


def read_push(text: str) -> Push:
    """Raises Unreadable.

    WeChat documents XML and, since 2024, JSON samples: the first character tells which one came.
    """
    text = carriable(text).strip()
    if plain := _ALL.fullmatch(text):
        return _read_plain(plain[1])
    return _read_json(text) if text.startswith("{") else _Reader().read(text)


def _read_plain(fields: str) -> Push:
    push = Push()
    for name, marked, bare in _EACH.findall(fields):
        if name == ITEM:
            push.items.append({})
        else:
            _put(push.fields, name, marked or bare)
    return push


def _put(fields: Fields, name: str, value: str) -> None:
    if name in fields:
        raise Unreadable(f"{name[:40]} is given more than once")
    fields[name] = value


class _Reader:
    """One pass of expat, which stops at a DTD (and so at entities), a repeated field, or great depth."""

    def __init__(self) -> None:
        self._push = Push()
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._elements = 0

    def read(self, xml: str) -> Push:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise Unreadable(f"not XML: {expat.ErrorString(error.code)}") from None
        return self._push

    def _doctype(self, *_: object) -> None:
        raise Unreadable("a document type is not expected here")

    def _start(self, name: str, _: dict[str, str]) -> None:
        if not self._path and name != "xml":
            raise Unreadable("the root is not <xml>")
        self._path.append(name)
        self._texts.append([])
        self._elements += 1
        if len(self._path) > DEPTH_LIMIT or self._elements > ELEMENT_LIMIT:
            raise Unreadable("too deep or too many elements")
        if name == ITEM:
            self._push.items.append({})

    def _characters(self, data: str) -> None:
        self._texts[-1].append(data)

    def _end(self, name: str) -> None:
        text = "".join(self._texts.pop())
        self._path.pop()
        if name == ITEM:
            return
        if self._path[-1:] == [ITEM]:
            _put(self._push.items[-1], name, text)
        elif len(self._path) == 1:
            _put(self._push.fields, name, text)


def _read_json(text: str) -> Push:
    try:
        pairs = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    push = Push()
    for name, value in pairs:
        if name == ITEM:
            push.items.extend(_items(value))
        else:
            _put(push.fields, name, _scalar(value))
            push.items.extend(item for inner, within in _pairs(value) if inner == ITEM for item in _items(within))
    if len(push.items) > ELEMENT_LIMIT:
        raise Unreadable("too many items")
    return push


def _items(value: Any) -> list[Fields]:
    """One object, or an array of them."""
    return [
        {name: _scalar(within) for name, within in _pairs(item)}
        for item in (value if isinstance(value, list) else [value])
    ]


def _pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    return value if isinstance(value, tuple) else ()


def _scalar(value: Any) -> str:
    return carriable(value) if isinstance(value, str) else ""
