// The npm packages over a pipe: one JSON request a line in, one JSON answer a line out.
"use strict";

const readline = require("node:readline");
const wecom = require("@wecom/crypto");
const WXBizMsgCrypt = require("wechat-crypto");

const PEERS = {
  "@wecom/crypto": ({ token, aesKey, appid }) => ({
    seal: (text) => wecom.encrypt(aesKey, text, appid),
    open: (sealed) => {
      const { message, id } = wecom.decrypt(aesKey, sealed);
      return [message, id];
    },
    sign: (timestamp, nonce, sealed) => wecom.getSignature(token, timestamp, nonce, sealed),
  }),
  "wechat-crypto": ({ token, aesKey, appid }) => {
    const crypt = new WXBizMsgCrypt(token, aesKey, appid);
    return {
      seal: (text) => crypt.encrypt(text),
      open: (sealed) => {
        const { message, id } = crypt.decrypt(sealed);
        return [message, id];
      },
      sign: (timestamp, nonce, sealed) => crypt.getSignature(timestamp, nonce, sealed),
    };
  },
};

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { peer, account, call, args } = JSON.parse(line);
  process.stdout.write(JSON.stringify(PEERS[peer](account)[call](...args)) + "\n");
});
