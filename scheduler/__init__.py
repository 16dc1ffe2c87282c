"""scheduler speaks first: it decides when and to whom something is pushed, and delivers it. It may import handlers and
storage; only `clock` knows apscheduler, only `channels` know how a message leaves the house.
"""
