"""Signatures and the encrypted envelope, the platform's end: AES-256-CBC, PKCS#7 padding to 32 bytes."""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
AES_BLOCK = 16
SALT = 16
HEADER = SALT + 4


class CryptoError(ValueError):
    """A ciphertext that the platform cannot read; the text says why."""


def sign(*parts: str) -> str:
    """SHA-1 over the sorted, joined parts, as lower-case hex."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compares two signatures in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


class Envelope:
    """Encrypts for and decrypts from one account; `aes_key` is the 43-character EncodingAESKey."""

    def __init__(self, aes_key: str, appid: str) -> None:
        key = base64.b64decode(aes_key + "=")
        if len(key) != 32:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:AES_BLOCK]))
        self._appid = appid.encode()

    def seal(self, text: str, salt: bytes | None = None) -> str:
        """The base64 ciphertext of `text`; `salt` (16 bytes) is random unless given."""
        body = text.encode()
        plain = (salt or secrets.token_bytes(SALT)) + struct.pack(">I", len(body)) + body + self._appid
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> str:
        """The text inside; raises CryptoError on anything that `seal` would not have written."""
        try:
            ciphertext = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise CryptoError("not base64") from error
        if not ciphertext or len(ciphertext) % BLOCK:
            raise CryptoError("not a whole number of blocks")
        decryptor = self._cipher.decryptor()
        padded = decryptor.update(ciphertext) + decryptor.finalize()
        padding = padded[-1]
        if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
            raise CryptoError("wrong padding")
        plain = padded[:-padding]
        if len(plain) < HEADER:
            raise CryptoError("too short")
        end = HEADER + struct.unpack(">I", plain[SALT:HEADER])[0]
        if plain[end:] != self._appid:
            raise CryptoError("another appid, or a wrong length")
        try:
            return plain[HEADER:end].decode()
        except UnicodeDecodeError as error:
            raise CryptoError("not UTF-8") from error
