"""How each kind of entry of a ledger changes the views of its campaign (`storage/folding.py` asks them)."""
