"""A loopback-only stand-in for Slack, to which an unmodified Bolt app connects (docs/sandbox.md).

Of our rooms it imports none; only `bot/demo.py`, tests and benchmarks import it.
"""

from sandbox.choosing import CannotDo
from sandbox.delivery import Delivery
from sandbox.driver import Sandbox
from sandbox.pace import Pace
from sandbox.person import Person
from sandbox.processes import Child
from sandbox.seeing import Shown
from sandbox.serving import NotLoopback, serve
from sandbox.workspace import APP_TOKEN, BOT_TOKEN

__all__ = [
    "APP_TOKEN",
    "BOT_TOKEN",
    "CannotDo",
    "Child",
    "Delivery",
    "NotLoopback",
    "Pace",
    "Person",
    "Sandbox",
    "Shown",
    "serve",
]
