"""Formats the estimate as text."""

from collections.abc import Iterator, Mapping

from cost import disks_at_home
from cost.estimate import Estimate, by_service
from cost.prices import PriceList
from cost.usage import Library

# The share of objects that S3 is designed to lose in a year (its durability is eleven nines).
LOST_PER_YEAR = 1e-11
CENT = 0.01


def report(library: Library, estimated: Estimate, prices: PriceList) -> Iterator[str]:
    """Yield the lines to print."""
    yield f"{library.photos:,} photos of {library.average_mb:g} MB: {library.gigabytes:,.0f} GB of originals"
    yield f"Prices of {prices.date} in {prices.region}, from {prices.source}."
    yield from _table("Once, for the import", by_service(estimated.once))
    yield from _labels(library, prices)
    yield from _table("Each month", by_service(estimated.monthly))
    dearest = sorted(estimated.monthly, key=lambda line: -line.dollars)[:3]
    yield "  most of it: " + ", ".join(f"{line.what} {_dollars(line.dollars)}" for line in dearest)
    yield from _retrieval(library, prices)
    yield from _table("One disk at home, each month", disks_at_home.single_disk(library, prices.home).monthly)
    yield from _table("Done well at home, each month", disks_at_home.mirrored_disks(library, prices.home).monthly)
    yield from _losses(library, prices)


def _table(title: str, rows: Mapping[str, float]) -> Iterator[str]:
    yield ""
    yield title
    for name, dollars in rows.items():
        yield f"  {name:34} {_dollars(dollars):>12}"
    yield f"  {'together':34} {_dollars(sum(rows.values())):>12}"


def _labels(library: Library, prices: PriceList) -> Iterator[str]:
    if library.analysed_images:
        most = min(library.analysed_images, library.monthly_image_budget)
        paid, months = _dollars(most * prices.services["rekognition"].dollars), library.labelling_months
        when = "in the first month" if months == 1 else f"over {months} months, as the budget is set"
        yield f"  labels for at most {library.monthly_image_budget:,} photos a month: {paid} {when}"


def _retrieval(library: Library, prices: PriceList) -> Iterator[str]:
    kept = prices.classes[library.storage_class]
    dollars = library.gigabytes * (kept.read + prices.services["transfer-out"].dollars)
    yield f"  to download every original, once: {_dollars(dollars)}"
    if kept.days:
        yield f"  an original that is deleted sooner is paid for {kept.days} days"


def _losses(library: Library, prices: PriceList) -> Iterator[str]:
    years, failing = prices.home.disk_years, disks_at_home.failure_probability(prices.home.disk_years, prices.home)
    errors = disks_at_home.expected_read_errors(library, prices.home)
    yield ""
    yield "What may be lost"
    yield f"  one disk fails within {years:g} years in {failing:.1%} of all homes, and loses every photo"
    yield f"  each time all photos are read from it, {errors:.2f} read errors are to be expected: bit rot, in any photo"
    yield f"  S3 is designed to lose one of these photos in {1 / (library.photos * LOST_PER_YEAR):,.0f} years"


def _dollars(amount: float) -> str:
    if 0 < amount < CENT:
        return "< $0.01"
    return f"${amount:,.2f}"
