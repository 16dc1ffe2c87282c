"""What the rehearsed WeChat keeps count of, one file per concept, all on the platform's virtual clock.

A ledger does not lock: whoever asks it holds `Platform.lock`. Its refusals are `ApiError`s.
"""
