"""Rehearses: a stand-in for WeChat, for the command line and the tests, so that a bot can be tried without an account.

Two halves stand on one state (`platform`, made of the `ledgers`): the API a bot calls (`api`, made of the `endpoints`),
and the message server that delivers what people do to the bot's webhook and judges its answers (`push`). `people` and
`person` act for the users, `scenarios` and `forgeries` are what else a webhook may meet, `control` steers it all from
outside, `page` shows it in a browser, `server` runs it, `doorway` lets the browser in by the bot's own port.

It imports flask, requests and cryptography and nothing of this project, and above all nothing of `bot/wechat`: the two
ends of the wire are written twice, so that a mistake in one cannot hide in the other.
"""
