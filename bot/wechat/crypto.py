"""Verify, decrypt, encrypt: WeChat's signature and its AES envelope.

Our own, because wechatpy's compares in variable time, accepts an empty token, checks neither padding nor
lengths, and costs five times as much (docs/adr/0003-wechatpy.md).
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import threading
from typing import NamedTuple

from cryptography.hazmat.primitives import ciphers
from cryptography.hazmat.primitives.ciphers import algorithms, modes

AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
"""An EncodingAESKey: 32 bytes in base64 without the final `=`."""

_RANDOM = 16
_HEAD = _RANDOM + 4
_CIPHER_BLOCK = 16
_PADDING_BLOCK = 32


class Forged(Exception):
    """Not from WeChat, not for this account, or too old: answer 403, no word. The text is for the log."""


class Unreadable(Exception):
    """From WeChat, but unreadable: answer `success`, or it comes again. The text is for the log.

    `content` is what was decrypted, '' where decryption itself failed.
    """

    content = ""


class _Streams(threading.local):
    """One running CBC stream per thread and direction, because setting one up costs more than running it.

    A stream goes on where the last message ended instead of from the IV. That alters the first block alone,
    and here the first block is 16 random bytes that nobody reads: the message itself stays the same.
    """

    def __init__(self, cipher: ciphers.Cipher[modes.CBC]) -> None:
        self.decrypt = cipher.decryptor().update
        self.encrypt = cipher.encryptor().update


class Envelope(NamedTuple):
    """The four fields of an encrypted passive reply."""

    encrypt: str
    signature: str
    timestamp: str
    nonce: str


class Signer:
    """What the token proves. An empty token would let anybody sign, so it raises ValueError."""

    def __init__(self, token: str) -> None:
        if not token:
            raise ValueError("the WeChat token is empty: anybody could sign")
        self._token = token

    def signature(self, *parts: str) -> str:
        """Lower-case hex SHA-1 over the token and the parts, sorted and joined."""
        return hashlib.sha1("".join(sorted((self._token, *parts))).encode()).hexdigest()

    def verify(self, signature: str, *parts: str) -> None:
        """Compare in constant time; a mismatch raises Forged. `signature` is 40 hex digits, lower case."""
        if not hmac.compare_digest(self.signature(*parts), signature):
            raise Forged("signature does not match")


class Cipher(Signer):
    """Safe mode: AES-256-CBC with PKCS#7 to 32 bytes over `random(16) | length(4) | message | appid`.

    `aes_key` is the EncodingAESKey of the console, 43 characters. Another shape, an empty token or an empty
    appid raises ValueError.
    """

    def __init__(self, token: str, appid: str, aes_key: str) -> None:
        super().__init__(token)
        if not appid:
            raise ValueError("the WeChat appid is empty")
        if not AES_KEY.fullmatch(aes_key):
            raise ValueError("the WeChat EncodingAESKey must be 43 letters and digits")
        key = base64.b64decode(aes_key + "=")
        self._appid = appid.encode()
        self._tails = {size: self._appid + bytes([size]) * size for size in range(1, _PADDING_BLOCK + 1)}
        self._streams = _Streams(ciphers.Cipher(algorithms.AES(key), modes.CBC(key[:_CIPHER_BLOCK])))

    def decrypt(self, encrypted: str) -> str:
        """The message inside a base64 ciphertext whose signature has been verified.

        Raises Unreadable for what a wrong key or a damaged text yields, Forged for another account's appid.
        """
        try:
            ciphertext = binascii.a2b_base64(encrypted, strict_mode=True)
        except ValueError:
            raise Unreadable("ciphertext is not base64") from None
        if not ciphertext or len(ciphertext) % _CIPHER_BLOCK:
            raise Unreadable("ciphertext is not whole blocks")
        padded = self._streams.decrypt(ciphertext)

        end = _HEAD + int.from_bytes(padded[_RANDOM:_HEAD], "big")
        if padded[end:] != self._tails.get(padded[-1]):
            raise self._fault(padded, end)
        try:
            return padded[_HEAD:end].decode()
        except UnicodeDecodeError:
            raise Unreadable("the message is not UTF-8") from None

    def _fault(self, padded: bytes, end: int) -> Forged | Unreadable:
        """What is wrong with a text that does not end with the appid and its padding behind the message."""
        size = padded[-1]
        if size not in self._tails or not padded.endswith(bytes([size]) * size):
            return Unreadable("wrong padding: is it the right EncodingAESKey?")
        if end > len(padded) - size:
            return Unreadable("the message is shorter than it says")
        return Forged("encrypted for another appid")

    def encrypt(self, xml: str, timestamp: str, nonce: str) -> Envelope:
        """Encrypt a reply and sign it. Never for `success` or an empty reply: WeChat wants those raw."""
        message = xml.encode()
        head = os.urandom(_RANDOM) + len(message).to_bytes(4, "big")
        padding = _PADDING_BLOCK - (_HEAD + len(message) + len(self._appid)) % _PADDING_BLOCK
        ciphertext = self._streams.encrypt(head + message + self._tails[padding])
        encrypted = binascii.b2a_base64(ciphertext, newline=False).decode()
        return Envelope(encrypted, self.signature(timestamp, nonce, encrypted), timestamp, nonce)
