"""fuzz throws everything at the webhook: the same requests, made from bytes, for hypothesis (in the tests), for
atheris (`fuzz.webhook`) and for a long run against the real server (`fuzz.run`). See `make fuzz`.
"""
