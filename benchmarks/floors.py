"""Two bots that do nothing, as floors: `python -m benchmarks.floors pbr|default`."""

import os
import sys
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient


def main(kind: str) -> None:
    """Answer `/ccm` with a word; `pbr` answers as we do, `default` as Bolt does unless told otherwise."""
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, process_before_response=kind == "pbr")
    app.command("/ccm")(lambda ack: ack("ok"))
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect()  # type: ignore[no-untyped-call]
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
