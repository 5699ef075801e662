"""Reads the price list."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parent / "prices.toml"


@dataclass(frozen=True)
class Price:
    """The price of one unit of a service in dollars, and the units that are free in each month."""

    service: str
    unit: str
    dollars: float
    free: float = 0


@dataclass(frozen=True)
class StorageClass:
    """A storage class's prices in dollars: per GB and month, per object moved in, per object monitored, per GB read."""

    month: float
    moved: float
    watched: float
    read: float
    days: int


@dataclass(frozen=True)
class HomePrices:
    """The prices of storage at home in dollars, watts and years, and the disks' failure rates."""

    dollars_per_tb: float
    smallest_disk_tb: float
    disk_years: float
    disk_watts: float
    failing_per_year: float
    bits_per_read_error: float
    machine_dollars: float
    machine_years: float
    machine_watts: float
    dollars_per_kwh: float
    offsite_dollars_per_gb_month: float


@dataclass(frozen=True)
class PriceList:
    """All prices, with their date, region and source."""

    date: str
    region: str
    source: str
    services: Mapping[str, Price]
    classes: Mapping[str, StorageClass]
    home: HomePrices


def load(path: Path = LIST) -> PriceList:
    """Load the price list from a TOML file."""
    read = tomllib.loads(path.read_text())
    return PriceList(
        date=read["date"],
        region=read["region"],
        source=read["source"],
        services={name: Price(**price) for name, price in read["services"].items()},
        classes={name: StorageClass(**price) for name, price in read["classes"].items()},
        home=HomePrices(**read["home"]),
    )
