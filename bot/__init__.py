"""bot connects: HTTP, WeChat's wire and API, settings, wiring, command line, rehearsal. It may import every other room.

Only here are flask, granian, typer and the settings known; below it go plain values.
"""
