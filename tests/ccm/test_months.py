"""An instant becomes the clinic's day, a day its service month: at every edge, in every zone of the country."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm.months import ServiceMonth, clinic_day

ZONES = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam",
]  # fmt: skip
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        pytest.param("2026-04-01T03:30", "America/Chicago", date(2026, 3, 31), id="the last evening of March"),
        pytest.param("2026-04-01T05:00", "America/Chicago", date(2026, 4, 1), id="midnight"),
        pytest.param("2026-04-01T04:59", "America/Chicago", date(2026, 3, 31), id="the minute before"),
        pytest.param("2026-01-01T09:59", "Pacific/Honolulu", date(2025, 12, 31), id="New Year's Eve"),
        pytest.param("2026-03-31T14:00", "Pacific/Guam", date(2026, 4, 1), id="a day ahead"),
        pytest.param("2026-03-08T07:59", "America/Chicago", date(2026, 3, 8), id="before the hour that is left out"),
        pytest.param("2026-11-01T06:30", "America/Chicago", date(2026, 11, 1), id="in the first of two same hours"),
        pytest.param("2026-11-01T07:30", "America/Chicago", date(2026, 11, 1), id="in the second of two same hours"),
    ],
)
def test_the_day_is_the_clinics(at: str, zone: str, day: date) -> None:
    assert clinic_day(datetime.fromisoformat(at).replace(tzinfo=UTC), ZoneInfo(zone)) == day


def test_a_day_is_the_same_whatever_zone_the_instant_is_told_in() -> None:
    at = datetime(2026, 4, 1, 3, 30, tzinfo=UTC)

    found = {clinic_day(at.astimezone(ZoneInfo(zone)), ZoneInfo("America/Chicago")) for zone in ZONES}

    assert found == {date(2026, 3, 31)}


@pytest.mark.parametrize("zone", ZONES)
def test_days_follow_each_other_without_gap(zone: str) -> None:
    """Every half hour of two years, through every change of the clock."""
    start, here = datetime(2025, 1, 1, tzinfo=UTC), ZoneInfo(zone)

    found = [clinic_day(start + timedelta(minutes=30 * step), here) for step in range(2 * 365 * 48)]

    assert all(after - before in (timedelta(0), timedelta(days=1)) for before, after in zip(found, found[1:]))  # noqa: B905, RUF007


@given(days)
def test_a_day_lies_in_its_month_and_in_no_other(day: date) -> None:
    month = ServiceMonth.of(day)

    assert month.first <= day <= month.last
    assert ServiceMonth.of(month.first) == ServiceMonth.of(month.last) == month
    assert ServiceMonth.of(month.last + timedelta(days=1)) > month > ServiceMonth.of(month.first - timedelta(days=1))


@given(days)
@settings(max_examples=50)
def test_a_written_month_reads_as_itself(day: date) -> None:
    month = ServiceMonth.of(day)

    assert ServiceMonth.parse(str(month)) == month
    assert str(month) == day.isoformat()[:7]


@given(days, days)
@settings(max_examples=50)
def test_written_months_sort_as_months_do(one: date, other: date) -> None:
    """The database compares them as text."""
    first, second = ServiceMonth.of(one), ServiceMonth.of(other)

    assert (first < second) == (str(first) < str(second))


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-1", "2026-00", "2026-13", "26-03", "2026/03", "2026-03-01", " 2026-03", "2026-03\n", "0000-01"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        ServiceMonth.parse(text)


@pytest.mark.parametrize(("year", "last"), [(2023, 28), (2024, 29), (2000, 29), (2100, 28)])
def test_february_ends_when_it_does(year: int, last: int) -> None:
    assert ServiceMonth(year, 2).last == date(year, 2, last)
