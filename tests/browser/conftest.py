"""The sandbox's page in a real browser, with a real Bolt app behind it; skipped where no browser is found."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox import Pace, Sandbox
from tests.sandbox.conftest import Bot

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser for tests needs no sandbox of its own (it may run as root) and must ask nothing of the network.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 5_000  # ms

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium (`CHROMIUM` names another); playwright's own is not downloaded."""
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def connected(browser: Browser) -> Iterator[tuple[Sandbox, Bot]]:
    """One sandbox and one bot for all; asked for after the browser, so that nothing starts where there is none."""
    with Sandbox(pace=Pace(ack_wait=1.0)) as slack:
        bot = Bot(slack)
        bot.handler.connect()
        slack.wait_connected()
        yield slack, bot
        bot.close()


@pytest.fixture
def slack(connected: tuple[Sandbox, Bot]) -> Sandbox:
    """The sandbox with nothing said in it."""
    connected[0].wait_quiet(0.0)
    connected[0].forget()
    return connected[0]


@pytest.fixture
def bot(connected: tuple[Sandbox, Bot], slack: Sandbox) -> Bot:
    """The bot, doing nothing but ack."""
    connected[1].does.clear()
    connected[1].heard.clear()
    return connected[1]


@pytest.fixture
def open_page(browser: Browser, slack: Sandbox, bot: Bot) -> Iterator[Open]:
    """Opens the page at a place; at the end it must have logged no error and asked nothing of another host."""
    wrong: list[str] = []
    contexts = []

    def opened(place: str = "", *, width: int = 1400, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda asked: None if asked.url.startswith(slack.base_url) else wrong.append(asked.url))
        page.goto(f"{slack.base_url}/{place}")
        page.get_by_test_id("person").wait_for(state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(open_page: Open) -> Page:
    """The page as the nurse sees it first."""
    return open_page()
