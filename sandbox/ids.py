"""New Slack-like ids, readable and in order of their making."""

from itertools import count
from uuid import uuid4


class Ids:
    """Makes ids such as `V0000001A`; unique within one sandbox."""

    def __init__(self) -> None:
        self._count = count(1)

    def new(self, prefix: str) -> str:
        """An id with Slack's prefix for its kind (`V` view, `Ev` event, `F` file ...)."""
        return f"{prefix}{next(self._count):08X}"

    def short(self) -> str:
        """What Slack fills in for a missing block_id or action_id."""
        return f"b{next(self._count):x}"

    def uuid(self) -> str:
        """A random UUID, for envelopes and `client_msg_id`."""
        return str(uuid4())
