"""Who and where: the users and conversations of the sandbox, and the practice it starts with."""

from dataclasses import replace
from typing import Any

from sandbox.people import BOT_ID, BOT_USER_ID, OTHER_TEAM_ID, Channel, User


class World:
    """Users and conversations by id; everyone human has a DM with the bot, opened on first use."""

    def __init__(self, users: list[User], channels: list[Channel]) -> None:
        self.users = {user.id: user for user in users}
        self.channels = {channel.id: channel for channel in channels}

    def user(self, name_or_id: str) -> User:
        """The user of that id or name.

        Raises:
            LookupError: if there is none.
        """
        if name_or_id in self.users:
            return self.users[name_or_id]
        found = next((user for user in self.users.values() if user.name == name_or_id), None)
        if found is None:
            raise LookupError(f"no user {name_or_id!r} in the sandbox")
        return found

    def first_person(self) -> User:
        """The first human there is."""
        return next(user for user in self.users.values() if not user.is_bot)

    def channel(self, name_or_id: str) -> Channel:
        """The conversation of that id or name, with or without `#`.

        Raises:
            LookupError: if there is none.
        """
        wanted = name_or_id.removeprefix("#")
        if wanted in self.channels:
            return self.channels[wanted]
        found = next((one for one in self.channels.values() if one.name and one.name == wanted), None)
        if found is None:
            raise LookupError(f"no channel {name_or_id!r} in the sandbox")
        return found

    def names(self) -> dict[str, str]:
        """The name of every user and named channel by id."""
        users = {user.id: user.name for user in self.users.values()}
        return users | {channel.id: channel.name for channel in self.channels.values() if channel.name}

    def dm(self, user_id: str) -> Channel:
        """The direct message between a user and the bot; made when first asked for."""
        dm_id = "D" + user_id[1:]
        if dm_id not in self.channels:
            members = frozenset((user_id, BOT_USER_ID))
            self.channels[dm_id] = Channel(id=dm_id, name="", kind="im", members=members, user=user_id)
        return self.channels[dm_id]

    def seen_by(self, user_id: str) -> list[Channel]:
        """The conversations a user is in."""
        return [channel for channel in self.channels.values() if user_id in channel.members]

    def add_user(self, name: str, **fields: Any) -> User:
        """Add a member; the id is made from the name (`U0NAME`) unless given, and the DM is opened."""
        fields.setdefault("id", f"U0{name.upper()}")
        fields.setdefault("real_name", name.capitalize())
        user = User(name=name, **fields)
        self.users[user.id] = user
        if not user.is_bot:
            self.dm(user.id)
        return user

    def change_user(self, name_or_id: str, **fields: Any) -> User:
        """Change fields of a member, such as `deleted=True`."""
        user = replace(self.user(name_or_id), **fields)
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, **fields: Any) -> Channel:
        """Add a conversation; the id is made from the name (`C0NAME`), members may be names or ids."""
        fields.setdefault("id", "C0" + "".join(filter(str.isalnum, name)).upper())
        fields.setdefault("kind", "private")
        members = frozenset(self.user(member).id for member in fields.pop("members", ()))
        channel = Channel(name=name, members=members, **fields)
        self.channels[channel.id] = channel
        return channel

    def change_channel(self, name_or_id: str, **fields: Any) -> Channel:
        """Change fields of a conversation, such as `is_ext_shared=True` or `members`."""
        channel = replace(self.channel(name_or_id), **fields)
        self.channels[channel.id] = channel
        return channel


STAFF = (
    ("nina", "Nina Alvarez", "Registered nurse"),
    ("cora", "Cora Blake", "Care coordinator"),
    ("sam", "Sam Whitfield", "Supervisor"),
    ("bill", "Bill Okoro", "Biller"),
    ("drew", "Dr. Drew Patel", "Physician"),
    ("frank", "Frank Moss", "Front desk"),
)


def default_world(bot_name: str = "ccm-time") -> World:
    """The practice of the demo and the tests: its staff, those who must be refused, and four kinds of channel."""
    bot = User(id=BOT_USER_ID, name=bot_name, real_name=bot_name, is_bot=True, bot_id=BOT_ID)
    world = World([bot], [])
    for name, real_name, title in STAFF:
        world.add_user(name, real_name=real_name, title=title)
    world.add_user("ada", real_name="Ada Lindqvist", title="Administrator", is_admin=True)
    _add_those_to_refuse(world)
    _add_channels(world)
    return world


def _add_those_to_refuse(world: World) -> None:
    world.add_user("stranger", real_name="Stella Ranger", title="Works here, on no staff list")
    world.add_user("guest", real_name="Gus Guest", is_restricted=True)
    world.add_user("solo", real_name="Sol Channel", is_restricted=True, is_ultra_restricted=True)
    world.add_user("connie", real_name="Connie Partner", team_id=OTHER_TEAM_ID, is_stranger=True)
    world.add_user("robo", real_name="Robo", is_bot=True, bot_id="B0ROBO")
    world.add_user("gone", real_name="Gone Former", deleted=True)


def _add_channels(world: World) -> None:
    staff = [name for name, _, _ in STAFF] + ["ada", BOT_USER_ID]
    world.add_channel("care-team", members=staff)
    world.add_channel("general", kind="public", members=[*staff, "stranger", "guest", "robo"])
    world.add_channel("partner", kind="private", members=[*staff, "connie"], is_ext_shared=True, is_shared=True)
    world.add_channel("mpdm-nina--cora--sam", id="G0GROUPDM", kind="mpim", members=["nina", "cora", "sam", BOT_USER_ID])
