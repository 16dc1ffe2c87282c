"""WeChat's side of the wire. It signs by itself and encrypts with wechatpy: no code of ours."""

import hashlib

import pytest
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from werkzeug.datastructures import MultiDict


class Platform:
    """Builds the query and body of a push, and reads our replies."""

    token = "AAAAA"
    aes_key = "A" * 43
    appid = "wxba5fad812f8e6fb9"
    now = 1714112445
    nonce = "415670741"

    def sign(self, *parts):
        return hashlib.sha1("".join(sorted((self.token, *parts))).encode()).hexdigest()

    def push(self, **fields):
        """The XML of a push; a field's value is put in as it is, None leaves a common field out."""
        fields = {"ToUserName": "gh_test", "FromUserName": "oUSER", "CreateTime": self.now} | fields
        return "<xml>" + "".join(f"<{k}>{v}</{k}>" for k, v in fields.items() if v is not None) + "</xml>"

    def text(self, content, **fields):
        return self.push(MsgType="text", Content=content, **({"MsgId": "24086087575195331"} | fields))

    def plain(self, message, timestamp=None):
        timestamp = str(timestamp or self.now)
        signature = self.sign(timestamp, self.nonce)
        args = MultiDict({"signature": signature, "timestamp": timestamp, "nonce": self.nonce})
        return args, message if isinstance(message, bytes) else message.encode()

    def safe(self, message, timestamp=None, appid=None):
        crypto = WeChatCrypto(self.token, self.aes_key, self.appid)
        return self.envelope(PrpCrypto(crypto.key).encrypt(message, appid or self.appid).decode(), timestamp)

    def envelope(self, encrypted, timestamp=None):
        args, _ = self.plain("", timestamp)
        args["encrypt_type"] = "aes"
        args["msg_signature"] = self.sign(args["timestamp"], self.nonce, encrypted)
        return args, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()

    def read(self, answer, signature):
        """The XML inside an encrypted reply."""
        crypto = WeChatCrypto(self.token, self.aes_key, self.appid)
        return crypto.decrypt_message(answer, signature, str(self.now), self.nonce)


@pytest.fixture(scope="session")
def platform():
    return Platform()
