"""The flat fields of a decrypted push, from XML or JSON, within bounds. Untrusted text in, strings out."""

import json
from typing import Any
from xml.parsers import expat

from bot.wechat.characters import carriable
from bot.wechat.crypto import Unreadable

Fields = dict[str, str]

DEPTH_LIMIT = 8
ELEMENT_LIMIT = 500


def read_fields(text: str) -> Fields:
    """The top-level text fields of a push; nested ones are left out. Raises Unreadable.

    WeChat documents XML and, since 2024, JSON samples: the first character tells which one came.
    """
    text = carriable(text).strip()
    return _read_json(text) if text.startswith("{") else _Reader().read(text)


class _Reader:
    """One pass of expat, which stops at a DTD (and so at entities), a repeated field, or great depth."""

    def __init__(self) -> None:
        self._fields: Fields = {}
        self._path: list[str] = []
        self._elements = 0
        self._text: list[str] = []

    def read(self, xml: str) -> Fields:
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
        return self._fields

    def _doctype(self, *_: object) -> None:
        raise Unreadable("a document type is not expected here")

    def _start(self, name: str, _: dict[str, str]) -> None:
        if not self._path and name != "xml":
            raise Unreadable("the root is not <xml>")
        self._path.append(name)
        self._elements += 1
        if len(self._path) > DEPTH_LIMIT or self._elements > ELEMENT_LIMIT:
            raise Unreadable("too deep or too many elements")
        if len(self._path) == 2:
            if name in self._fields:
                raise Unreadable(f"{name} is given more than once")
            self._fields[name] = ""
            self._text = []

    def _characters(self, data: str) -> None:
        if len(self._path) == 2:
            self._text.append(data)

    def _end(self, name: str) -> None:
        if len(self._path) == 2:
            self._fields[name] = "".join(self._text)
        self._path.pop()


def _read_json(text: str) -> Fields:
    try:
        pairs = json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=tuple)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    fields: Fields = {}
    for name, value in pairs:
        if name in fields:
            raise Unreadable(f"{name} is given more than once")
        fields[name] = _scalar(value)
    return fields


def _scalar(value: Any) -> str:
    return carriable(value) if isinstance(value, str) else ""
