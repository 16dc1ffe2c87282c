"""The coordinators' console: entered from WeChat, seen by role and region, each act the one that its word calls.

A page is a module with `add_to`; `desk.py` is who sits there, `forms.py` what she sends, `entry.py` the door.
"""
