"""Modal stacks and App Homes, one of each per person, with what their fields hold."""

from dataclasses import dataclass, field

from sandbox.anatomy import carried_state, initial_state, with_ids
from sandbox.ids import Ids
from sandbox.people import APP_ID, BOT_ID, TEAM_ID
from sandbox.wire import Json, SlackError

STACK_LIMIT = 3
OPTIONAL = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
FLAGS = {"clear_on_close": False, "notify_on_close": False, "submit_disabled": False}


@dataclass(slots=True)
class OpenView:
    """One modal or Home as a person has it before them; `wire` is Slack's view object, state included."""

    user: str
    wire: Json
    errors: dict[str, str] = field(default_factory=dict)
    changed: int = 0

    @property
    def id(self) -> str:
        """The view id (`V...`)."""
        return str(self.wire["id"])

    @property
    def values(self) -> Json:
        """`state.values`."""
        values: Json = self.wire["state"]["values"]
        return values


class Views:
    """Every open view by person."""

    def __init__(self, ids: Ids) -> None:
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self._ids = ids

    def stack(self, user: str) -> list[OpenView]:
        """The modals open for a person, bottom first."""
        return self.stacks.setdefault(user, [])

    def find(self, view_id: str, external_id: str = "") -> OpenView | None:
        """The open modal or Home of that id or external id."""
        for view in [*self.homes.values(), *(one for stack in self.stacks.values() for one in stack)]:
            if view.id == view_id or (external_id and view.wire["external_id"] == external_id):
                return view
        return None

    def push(self, user: str, payload: Json) -> OpenView:
        """Put a new modal on top of a person's stack.

        Raises:
            SlackError: `push_limit_reached` beyond three views; `duplicate_external_id`.
        """
        stack = self.stack(user)
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        if payload.get("external_id") and self.find("", payload["external_id"]):
            raise SlackError("duplicate_external_id")
        view = OpenView(user=user, wire=self._wire(payload))
        previous = stack[-1].id if stack else None
        view.wire |= {"previous_view_id": previous, "root_view_id": stack[0].id if stack else view.id}
        stack.append(view)
        return view

    def replace(self, view: OpenView, payload: Json, given_hash: str = "") -> OpenView:
        """Change a view's content; what fields hold is kept under the same ids.

        Raises:
            SlackError: `hash_conflict` when `given_hash` is not the current one.
        """
        if given_hash and given_hash != view.wire["hash"]:
            raise SlackError("hash_conflict")
        fresh = self._wire(payload)
        kept = {key: view.wire[key] for key in ("id", "previous_view_id", "root_view_id") if key in view.wire}
        fresh["state"] = {"values": carried_state(fresh["blocks"], view.values)}
        view.wire = fresh | kept
        view.errors = {}
        return view

    def publish(self, user: str, payload: Json, given_hash: str = "") -> OpenView:
        """Set a person's App Home; a `hash` is checked only against a Home that exists."""
        home = self.homes.get(user)
        if home is not None:
            return self.replace(home, payload, given_hash)
        wire = self._wire(payload)
        self.homes[user] = OpenView(user=user, wire=wire | {"previous_view_id": None, "root_view_id": wire["id"]})
        return self.homes[user]

    def close(self, view: OpenView) -> None:
        """Take one modal off its stack."""
        stack = self.stack(view.user)
        if view in stack:
            stack.remove(view)

    def _wire(self, payload: Json) -> Json:
        blocks = with_ids(payload.get("blocks", []), self._ids)
        given = OPTIONAL | FLAGS | {"title": None} | payload
        return {
            **given,
            "id": self._ids.new("V"),
            "team_id": TEAM_ID,
            "app_id": APP_ID,
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
            "blocks": blocks,
            "hash": self._ids.new("1."),
            "state": {"values": initial_state(blocks)},
        }
