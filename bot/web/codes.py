"""QR codes as pictures."""

from io import BytesIO

import segno

PIXELS, QUIET_MODULES = 10, 4
"""Of a module of a code, and modules of white around it."""


def qr_picture(says: str) -> bytes:
    """A QR code as PNG."""
    drawn = BytesIO()
    segno.make(says, micro=False).save(drawn, kind="png", scale=PIXELS, border=QUIET_MODULES)
    return drawn.getvalue()


def qr_drawing(says: str) -> bytes:
    """A QR code as SVG, black on white, for every size."""
    drawn = BytesIO()
    segno.make(says, micro=False).save(drawn, kind="svg", omitsize=True, light="#fff", border=QUIET_MODULES)
    return drawn.getvalue()
