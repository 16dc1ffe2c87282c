"""`yidui demo`: a campaign's story, played by rehearsed people on a real installation, and proved at the end.

`stories` is all that the command line needs to name them; `demo` sets the stage, and loads what that takes.
"""
