"""Many facts in little memory: each is kept as the text that Redis would keep, and read when it is asked for."""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from storage.models.fact import Fact

Model = TypeVar("Model", bound=Fact)


@dataclass(slots=True)
class Packed(MutableMapping[str, Model]):
    """What a dict of facts is, at a tenth of its memory. The one that was asked for last is at hand."""

    shape: type[Model]
    _kept: dict[str, bytes] = field(default_factory=dict)
    _last: tuple[str, Model] | None = None

    def __getitem__(self, name: str) -> Model:
        if self._last is None or self._last[0] != name:
            self._last = name, self.shape.model_validate_json(self._kept[name])
        return self._last[1]

    def __setitem__(self, name: str, value: Model) -> None:
        self._kept[name] = value.model_dump_json(exclude_defaults=True).encode()
        self._last = name, value

    def __delitem__(self, name: str) -> None:
        del self._kept[name]
        self._last = None

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


@dataclass(frozen=True, slots=True)
class Chosen(Collection[Model], Generic[Model]):
    """Some of them, in order; each is read anew whenever they are gone through."""

    of: Mapping[str, Model]
    names: Sequence[str]

    def __iter__(self) -> Iterator[Model]:
        return (self.of[name] for name in self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, value: object) -> bool:
        return any(value == each for each in self)
