"""Delivering processes to be killed: imports once, then forks one for every line on stdin and prints its id.

Arguments: database address, key file, practice, Slack's API address, token.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from slack_sdk import WebClient

from handlers.posting import SlackSender
from reminders.delivery import Deliverer, DeliverySettings, deliver_one
from storage.database import open_database
from storage.sealing import load_keyring

SETTINGS = DeliverySettings(timeout_s=0.5, settle_s=2.0, margin_s=0.5, deadline_s=0.4, pace_s=0)


def deliver_for_ever(url: str, key_file: str, practice_id: str, api: str, token: str) -> None:
    """One replica, until it is killed."""
    client = WebClient(token=token, base_url=api, timeout=SETTINGS.timeout_s, retry_handlers=[])  # type: ignore[arg-type]
    deliver = partial(
        deliver_one,
        open_database(url),
        load_keyring(Path(key_file)),
        partial(datetime.now, UTC),
        SlackSender(client),
        SETTINGS,
        practice_id=practice_id,
    )
    Deliverer(deliver, tick_s=0.1).start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            deliver_for_ever(*sys.argv[1:])
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
