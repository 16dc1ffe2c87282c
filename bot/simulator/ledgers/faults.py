"""Scripted faults: what the next calls of an API meet instead of, or on top of, their answer."""

from dataclasses import dataclass


@dataclass(slots=True)
class ScriptedFault:
    """What the next `times` calls of `path` (such as `message/custom/send`) meet.

    `errcode` and `status` (with an HTML page) answer without processing; `latency` waits that many real seconds and
    goes on; `truncated` (half of the JSON) and `reset` (a broken connection) come after the call was processed, so
    that the client cannot know.
    """

    path: str
    times: int = 1
    errcode: int | None = None
    latency: float = 0.0
    reset: bool = False
    truncated: bool = False
    status: int | None = None


class Faults:
    def __init__(self) -> None:
        self._waiting: list[ScriptedFault] = []

    def add(self, fault: ScriptedFault) -> None:
        """Queues a fault; several for one path are met one after another."""
        self._waiting.append(fault)

    def next(self, path: str) -> ScriptedFault | None:
        """The fault that this call of `path` meets, if any; uses it up by one."""
        for fault in self._waiting:
            if fault.path == path:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None


class Verdicts:
    """How the next accepted jobs of a kind (`template`, `notice`, `mass`) end, where it is not well."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[str]] = {}

    def add(self, job: str, status: str) -> None:
        """Queues an end, such as `failed:user block` for a template message or `err(20008)` for a mass sending."""
        self._waiting.setdefault(job, []).append(status)

    def next(self, job: str, otherwise: str) -> str:
        waiting = self._waiting.get(job)
        return waiting.pop(0) if waiting else otherwise
