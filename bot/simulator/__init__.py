"""Rehearses: a stand-in for WeChat, for the command line and the tests, so that a bot can be tried without an
account.

Two halves stand on one state (`Platform`): the API a bot calls (`api`), and the message server that delivers
what people say to the bot's webhook and judges its answers (`push`). `people` speaks for the users, `page`
shows them side by side in a browser, `server` runs it all.

It imports flask, requests and cryptography and nothing of this project, and above all nothing of
`bot/wechat`: the two ends of the wire are written twice, so that a mistake in one cannot hide in the other.
"""
