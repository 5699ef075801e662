"""Computes costs in dollars from amounts used and prices."""

from collections.abc import Iterable
from dataclasses import dataclass

from cost.prices import PriceList
from cost.usage import IMPORT, MONTH, STACK, Library, LineItem

DAYS_PER_MONTH = 30


@dataclass(frozen=True)
class Line:
    """One position of the estimate, in dollars."""

    service: str
    what: str
    dollars: float


@dataclass(frozen=True)
class Estimate:
    """The costs of a library: once, for the import, and in each month."""

    once: tuple[Line, ...]
    monthly: tuple[Line, ...]


def estimate(library: Library, prices: PriceList, *, free: bool = True) -> Estimate:
    """Estimate the library's costs; `free` subtracts the monthly free tier.

    The import is at full price: the free tier of its month may be used up.
    """
    return Estimate(
        once=(*_price(IMPORT, library, prices, free=False), *_moves(library, prices)),
        monthly=(*_originals(library, prices), *_price(MONTH, library, prices, free=free)),
    )


def by_service(lines: Iterable[Line]) -> dict[str, float]:
    """Return the sum per service in dollars, the most expensive first."""
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.service] = sums.get(line.service, 0) + line.dollars
    return dict(sorted(sums.items(), key=lambda entry: -entry[1]))


def _price(items: Iterable[LineItem], library: Library, prices: PriceList, *, free: bool) -> list[Line]:
    lines, left = [], {name: price.free if free else 0 for name, price in prices.services.items()}
    for item in items:
        price, amount = prices.services[item.price], item.amount(library)
        spared = min(left[item.price], amount)
        left[item.price] -= spared
        lines.append(Line(price.service, item.what, (amount - spared) * price.dollars))
    return lines


def _originals(library: Library, prices: PriceList) -> list[Line]:
    kept = prices.classes[library.storage_class]
    return [
        Line("S3", f"originals in {library.storage_class}", library.gigabytes * kept.month),
        Line("S3", "watching which originals are read", library.photos * kept.watched),
    ]


def _moves(library: Library, prices: PriceList) -> list[Line]:
    """Return the costs of the move to the storage class: the requests, and the days in STANDARD before."""
    kept, first = prices.classes[library.storage_class], prices.classes["STANDARD"]
    if kept == first:
        return []
    months = STACK.archive_after_days / DAYS_PER_MONTH
    return [
        Line("S3", f"moving originals to {library.storage_class}", library.photos * kept.moved),
        Line(
            "S3",
            f"{STACK.archive_after_days} days in STANDARD before",
            library.gigabytes * months * (first.month - kept.month),
        ),
    ]
