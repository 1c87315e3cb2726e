"""Remembers: the only room that touches the database; the only writer of time is `ledger.py`."""
