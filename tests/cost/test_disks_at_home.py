"""Disks at home, against sums made by hand."""

import pytest

from cost import disks_at_home, prices
from cost.usage import Library

PRICES = prices.load().home
LARGE = Library(50_000, 25)  # 1.25 TB, so the smallest disk of 2 TB
HUGE = Library(200_000, 25)  # 5 TB


def test_one_disk_costs_its_price_its_successors_and_its_electricity() -> None:
    monthly = disks_at_home.single_disk(LARGE, PRICES).monthly
    # $40 over 5 years; 1.57 % of $40 a year; 6 W for 8,766 hours a year at $0.17.
    assert monthly["disks, new ones every few years"] == pytest.approx(40 / 60)
    assert monthly["disks that fail before"] == pytest.approx(40 * 0.0157 / 12)
    assert monthly["their electricity"] == pytest.approx(52.596 * 0.17 / 12)


def test_a_larger_library_takes_a_larger_disk() -> None:
    assert disks_at_home.single_disk(HUGE, PRICES).monthly["disks, new ones every few years"] == pytest.approx(100 / 60)


def test_done_well_means_two_disks_a_machine_with_ecc_and_a_copy_elsewhere() -> None:
    alone, well = disks_at_home.single_disk(LARGE, PRICES).monthly, disks_at_home.mirrored_disks(LARGE, PRICES).monthly
    assert all(well[part] == pytest.approx(2 * dollars) for part, dollars in alone.items())
    # $700 over 6 years, and 25 W.
    assert well["machine with ECC memory"] == pytest.approx(700 / 72 + 219.15 * 0.17 / 12)
    assert well["copy elsewhere"] == pytest.approx(1164.15 * 0.006, rel=0.001)


def test_a_disk_that_fails_in_every_64th_year_fails_in_every_thirteenth_home_within_five() -> None:
    assert disks_at_home.failure_probability(1, PRICES) == pytest.approx(0.0157)
    assert disks_at_home.failure_probability(5, PRICES) == pytest.approx(0.0761, abs=0.0001)


def test_reading_a_hundred_terabits_brings_a_tenth_of_an_error() -> None:
    assert disks_at_home.expected_read_errors(Library(500_000, 25), PRICES) == pytest.approx(0.1)
