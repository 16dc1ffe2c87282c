"""The npm packages `@wecom/crypto` and `wechat-crypto`, in a node that `make peers` has prepared."""

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.peers.contract import Contract, MakePeer

HERE = Path(__file__).parent
Ask = Callable[..., Any]


class Package:
    """One package, asked over the pipe."""

    def __init__(self, ask: Ask, name: str, token: str, aes_key: str, appid: str) -> None:
        self._call = partial(ask, name, {"token": token, "aesKey": aes_key, "appid": appid})

    def seal(self, text: str) -> str:
        return str(self._call("seal", text))

    def open(self, sealed: str) -> tuple[str, str]:
        text, appid = self._call("open", sealed)
        return text, appid

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        return str(self._call("sign", timestamp, nonce, sealed))


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """A node that answers until the module is through."""
    command = ["node", "--no-deprecation", "peers.js"]
    with subprocess.Popen(command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:

        def answer(peer: str, account: dict[str, str], call: str, *args: str) -> Any:
            assert node.stdin is not None
            assert node.stdout is not None
            request = {"peer": peer, "account": account, "call": call, "args": args}
            node.stdin.write(json.dumps(request) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield answer


class TestNpm(Contract):
    @pytest.fixture(params=["@wecom/crypto", "wechat-crypto"])
    def make_peer(self, request: pytest.FixtureRequest, ask: Ask) -> MakePeer:
        return partial(Package, ask, request.param)
