"""The same library on disks at home: what they cost, and how often they lose a photo."""

import math
from dataclasses import dataclass

from cost.prices import HomePrices
from cost.usage import GB, Library

HOURS_PER_YEAR, MONTHS_PER_YEAR = 8766, 12
DISKS_DONE_WELL = 2
TB = 10**12


@dataclass(frozen=True)
class Home:
    """One way to keep a library at home: what it costs in a month, in dollars, part by part."""

    monthly: dict[str, float]


def one_disk(library: Library, prices: HomePrices) -> Home:
    """One disk in a machine that runs anyway: cheap, and gone on the day when it fails."""
    return Home(_disks(1, library, prices))


def done_well(library: Library, prices: HomePrices) -> Home:
    """What keeps photos at home: ECC memory, two disks that are compared against bit rot, a copy elsewhere."""
    machine = prices.machine_dollars / prices.machine_years / MONTHS_PER_YEAR
    return Home(
        {
            "machine with ECC memory": machine + _power(prices.machine_watts, prices),
            **_disks(DISKS_DONE_WELL, library, prices),
            "copy elsewhere": library.gigabytes * prices.offsite_dollars_per_gb_month,
        }
    )


def failing_within(years: float, prices: HomePrices) -> float:
    """The chance that one disk fails within so many years, from 0 to 1."""
    return 1 - math.pow(1 - prices.failing_per_year, years)


def read_errors(library: Library, prices: HomePrices) -> float:
    """How many read errors a disk's maker expects each time when the whole library is read."""
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
