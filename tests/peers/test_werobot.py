"""WeRoBot's encryption."""

import pytest
from werobot.crypto import MessageCrypt
from werobot.utils import get_signature

from tests.peers.contract import Contract, MakePeer


class WeRoBot:
    """WeRoBot refuses another appid itself, so that the one it was given is the one it found."""

    def __init__(self, token: str, aes_key: str, appid: str) -> None:
        self._token = token
        self._appid = appid
        self._crypto = MessageCrypt(token, aes_key, appid).prp_crypto

    def seal(self, text: str) -> str:
        return str(self._crypto.encrypt(text, self._appid).decode())

    def open(self, sealed: str) -> tuple[str, str]:
        return self._crypto.decrypt(sealed, self._appid).decode(), self._appid

    def sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        return str(get_signature(self._token, timestamp, nonce, sealed))


class TestWeRoBot(Contract):
    @pytest.fixture
    def make_peer(self) -> MakePeer:
        return WeRoBot
