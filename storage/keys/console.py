"""The keys of the console: who may enter, and who is in."""

from dataclasses import dataclass

from storage.keys.prefixed import Prefixed


@dataclass(frozen=True, slots=True)
class ConsoleKeys(Prefixed):
    """The keys of the console: who may enter, and who is in."""

    def _of_console(self, name: str) -> str:
        return f"{self.prefix}:{{console}}:{name}"

    def console_secret(self) -> str:
        """string, for ever: what signs the console's forms, where the settings name nothing."""
        return self._of_console("secret")

    def console_pass(self, digest: str) -> str:
        """string JSON Pass, 10 min, until used: whom a link (by the digest of its token) lets in."""
        return self._of_console(f"pass:{digest}")

    def console_code(self, code: str) -> str:
        """string digest, 10 min: the pass that six digits stand for."""
        return self._of_console(f"code:{code}")

    def console_newest_pass(self, person: str) -> str:
        """string digest, 10 min: the one pass of a person that is good."""
        return self._of_console(f"newest-pass:{person}")

    def console_wrong(self, address: str) -> str:
        """string counter, 10 min: the wrong codes from an address (its digest), or from all (`*`)."""
        return self._of_console(f"wrong:{address}")

    def console_looks(self, address: str) -> str:
        """string counter, 1 min: how often the entry was asked for from an address (its digest)."""
        return self._of_console(f"looks:{address}")

    def session(self, digest: str) -> str:
        """string JSON Session, 2 h after its last use and 12 h after its beginning: who it is (by the digest of its
        id)."""
        return self._of_console(f"session:{digest}")

    def sessions(self, person: str) -> str:
        """set of digests, 12 h after the last of them began: the sessions of a person."""
        return self._of_console(f"sessions:{person}")

    def console_outcome(self, person: str, key: str) -> str:
        """string JSON, 48 h: what a form of hers (by its key) led to, shown again to whoever sends it twice."""
        return self._of_console(f"outcome:{person}:{key}")
