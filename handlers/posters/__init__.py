"""Pictures that people forward: the bulletin's poster, a team's card, a certificate of thanks.

They are drawn by the worker alone (`drawing`), from HTML that `templates/` holds; `sheets` says what stands on each.
"""
