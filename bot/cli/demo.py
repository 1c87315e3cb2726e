"""`ccm-bot demo`: everything on this machine, nothing of Slack needed."""

from __future__ import annotations

import click


@click.command()
@click.option("--port", default=8765, show_default=True, help="Loopback port of the page; 0 takes a free one.")
@click.option("--keep", is_flag=True, help="Go on with the record of the last demo.")
def command(port: int, keep: bool) -> None:
    """Start the real bot beside a stand-in for Slack; prints the address of the page."""
    from bot.demo import demo

    def started(address: str) -> None:
        click.echo(f"Open {address}/ in a browser. Ctrl-C ends it.")

    demo(port=port, keep=keep, started=started)
