"""Estimates the same library on disks at home: their costs, and how often they lose a photo."""

import math
from dataclasses import dataclass

from cost.prices import HomePrices
from cost.usage import GB, Library

HOURS_PER_YEAR, MONTHS_PER_YEAR = 8766, 12
MIRRORED_DISKS = 2
TB = 10**12


@dataclass(frozen=True)
class HomeStorage:
    """The monthly costs of storage at home in dollars, by part."""

    monthly: dict[str, float]


def single_disk(library: Library, prices: HomePrices) -> HomeStorage:
    """Estimate one disk in an existing machine: cheap, but all photos are lost when it fails."""
    return HomeStorage(_disks(1, library, prices))


def mirrored_disks(library: Library, prices: HomePrices) -> HomeStorage:
    """Estimate safe storage: ECC memory, two mirrored disks with checks against bit rot, a copy elsewhere."""
    machine = prices.machine_dollars / prices.machine_years / MONTHS_PER_YEAR
    return HomeStorage(
        {
            "machine with ECC memory": machine + _power(prices.machine_watts, prices),
            **_disks(MIRRORED_DISKS, library, prices),
            "copy elsewhere": library.gigabytes * prices.offsite_dollars_per_gb_month,
        }
    )


def failure_probability(years: float, prices: HomePrices) -> float:
    """Return the probability, from 0 to 1, that one disk fails within these years."""
    return 1 - math.pow(1 - prices.failing_per_year, years)


def expected_read_errors(library: Library, prices: HomePrices) -> float:
    """Return the expected number of read errors in one reading of the whole library, by the disk's data sheet."""
    return library.gigabytes * GB * 8 / prices.bits_per_read_error


def _disks(count: int, library: Library, prices: HomePrices) -> dict[str, float]:
    size = max(prices.smallest_disk_tb, math.ceil(library.gigabytes * GB / TB))
    bought = count * size * prices.dollars_per_tb
    return {
        "disks, new ones every few years": bought / prices.disk_years / MONTHS_PER_YEAR,
        "disks that fail before": bought * prices.failing_per_year / MONTHS_PER_YEAR,
        "their electricity": _power(count * prices.disk_watts, prices),
    }


def _power(watts: float, prices: HomePrices) -> float:
    return watts * HOURS_PER_YEAR / 1000 * prices.dollars_per_kwh / MONTHS_PER_YEAR
