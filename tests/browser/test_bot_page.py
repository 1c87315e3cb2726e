"""The real bot, used as a nurse uses it: in Chromium, on the sandbox's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.compose import compose
from bot.settings import Settings
from sandbox import Sandbox
from storage import practices
from storage.database import Database, open_database
from storage.directory import Directory
from storage.schema import time_entry
from storage.sealing import Keyring
from tests.scenarios.conftest import furnished_file

pytestmark = pytest.mark.browser
WAIT = 8_000  # ms


@pytest.fixture(scope="module")
def record(
    browser: Browser, sqlite_template: Path, keyring: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    path = furnished_file(tmp_path_factory.mktemp("page") / "ccm.db", sqlite_template, keyring)
    database = open_database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def address(record: Database, key_file: Path) -> Iterator[str]:
    with Sandbox() as slack:
        settings = Settings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            api_url=slack.api_url,
            database_url=str(record.writer.url),
            key_file=key_file,
            pace_s=0,
            ping_interval_s=1,
        )
        bot = compose(settings)
        bot.start()
        slack.wait_connected()
        yield slack.base_url
        bot.stop()


@pytest.fixture
def nina(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{address}/#U0NINA/D0NINA")
    page.get_by_test_id("composer").wait_for()
    yield page
    context.close()


def minutes(record: Database) -> list[int]:
    with record.read() as connection:
        rows = connection.execute(time_entry.select().order_by(time_entry.c.seq)).all()
    return [-row.minutes if row.reverses_id else row.minutes for row in rows]


def code_of(record: Database, keyring: Keyring, last: str) -> str:
    with record.read() as connection:
        practice = practices.listed(connection)[0]
    roster = Directory(practice.id, keyring).current(record, datetime.now(UTC)).roster
    return next(patient.code for patient in roster if patient.last == last)


def says(page: Page, text: str) -> None:
    page.get_by_test_id("composer").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def newest(page: Page, text: str) -> Locator:
    found = page.get_by_test_id("message").filter(has_text=text).last
    expect(found).to_be_visible(timeout=WAIT)
    return found


def test_a_nurse_logs_by_command_and_takes_it_back(nina: Page, record: Database) -> None:
    says(nina, "/ccm log 12m med rec Lopez")
    receipt = newest(nina, "12 of 20 min")
    assert minutes(record)[-1:] == [12]

    receipt.get_by_role("button", name="Undo").click()

    newest(nina, "Taken out")
    assert minutes(record)[-2:] == [12, -12]


def test_a_nurse_logs_in_plain_words_and_edits_in_the_form(nina: Page, record: Database) -> None:
    says(nina, "spent 9 min on the phone with Mr Chen about insulin")
    receipt = newest(nina, "9 of 20 min")

    receipt.get_by_role("button", name="Edit").click()
    form = nina.get_by_test_id("modal")
    form.get_by_test_id("field-minutes").locator("input").fill("14")
    nina.get_by_test_id("modal-submit").click()

    newest(nina, "14 of 20 min")
    assert minutes(record)[-3:] == [9, -9, 14]


def test_a_nurse_fills_in_the_form(nina: Page, record: Database, keyring: Keyring) -> None:
    says(nina, "/ccm")
    form = nina.get_by_test_id("modal")
    form.get_by_test_id("field-patient").locator("input, button").first.click()
    nina.keyboard.type("Brien")
    nina.get_by_role("option").filter(has_text=code_of(record, keyring, "O'Brien")).click()
    form.get_by_test_id("field-minutes").locator("input").fill("7")
    nina.get_by_test_id("modal-submit").click()

    newest(nina, "7 of 20 min")
    assert minutes(record)[-1] == 7


def test_app_home_counts_the_day(nina: Page) -> None:
    nina.get_by_test_id("tab-home").click()

    home = nina.get_by_test_id("home")
    expect(home).to_contain_text("Your care time", timeout=WAIT)
    expect(home).to_contain_text(re.compile(r"\d+ min"))
    expect(home).not_to_contain_text("Maria")
