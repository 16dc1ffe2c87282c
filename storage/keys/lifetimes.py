"""How long what is kept under the keys lasts."""

REPLY_SECONDS = 24 * 3600
"""How long a stored reply answers duplicates: longer than any replay window."""
CLAIM_MS = 4500
"""How long a claim of a message and the lock on its sender hold: just under WeChat's 5 s."""
CONVERSATION_SECONDS = 30 * 60
OPERATION_SECONDS = 48 * 3600
"""How long the outcome of a write answers a repetition of it."""
INVITE_SECONDS = 24 * 3600
RAW_TEXT_SECONDS = 30 * 24 * 3600
DELIVERY_SECONDS = 90 * 24 * 3600
PICTURE_SECONDS = 3 * 24 * 3600
TEAM_PICTURE_SECONDS = 300
"""A team's picture is sent at once, and drawn again for whoever opens its address later: there may be many."""
NOTICE_SECONDS = 7 * 24 * 3600
"""How long it is remembered what WeChat tells of a push: its events come within minutes."""
RECEIPT_SECONDS = 7 * 24 * 3600
"""How long a push and the event that tells its end wait for each other: it comes within minutes."""
MAILS_AT_MOST = 20
MAILBOX_SECONDS = 30 * 24 * 3600
"""How long a mailbox is kept after the last push was left in it."""
SILENCED_SECONDS = 600
"""How long a message over the limit stays answered: as long as the same push may be sent to us again."""
FAREWELL_SECONDS = 600
"""The same for the message with which somebody left: nothing else of hers stays."""
DEAD_LETTER_SECONDS = 7 * 24 * 3600
PASS_SECONDS = 600
"""How long the console's link and code open it, and how long wrong codes are remembered."""
SESSION_SECONDS = 12 * 3600
"""How long a session of the console lasts at most: a working day."""
SESSION_IDLE_SECONDS = 2 * 3600
"""How long it lasts while nothing is asked of it."""
