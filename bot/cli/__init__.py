"""The command line. Each command lives in a file of its own and is imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

from bot.settings import Settings, read_settings
from ccm.errors import CcmError

COMMANDS = {
    "run": "bot.cli.run",
    "demo": "bot.cli.demo",
    "init": "bot.cli.init",
    "check": "bot.cli.check",
    "staff": "bot.cli.staff",
    "patients": "bot.cli.patients",
    "import": "bot.cli.importing",
    "channels": "bot.cli.channels",
}


class _Lazy(click.Group):
    """Finds a command's module by name when it is needed, so that `run` does not load what `import` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return found


@click.group(cls=_Lazy)
@click.version_option(package_name="ccm-bot")
def cli() -> None:
    """CCM Bot: log Chronic Care Management time in Slack."""


def settings() -> Settings:
    """The settings of this process."""
    return read_settings(os.environ)


def main() -> None:
    """Run a command; what goes wrong is a sentence and a hint on standard error and exit status 1."""
    try:
        cli.main(standalone_mode=False)
    except CcmError as error:
        click.echo(f"{error}\n{error.hint}".strip(), err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
