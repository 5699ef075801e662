"""From what is used to what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from cost.prices import PriceList
from cost.usage import IMPORT, MONTH, STACK, Library, Use

DAYS_PER_MONTH = 30


@dataclass(frozen=True)
class Line:
    """One thing that is paid for, in dollars."""

    service: str
    what: str
    dollars: float


@dataclass(frozen=True)
class Estimate:
    """What a library costs once, when it is taken in, and then in each month."""

    once: tuple[Line, ...]
    monthly: tuple[Line, ...]


def estimate(library: Library, prices: PriceList, *, free: bool = True) -> Estimate:
    """What the library costs; `free` takes off what an account has for nothing in every month.

    The import is at full price: what is free in its month may be used up by then.
    """
    return Estimate(
        once=(*_priced(IMPORT, library, prices, free=False), *_moving(library, prices)),
        monthly=(*_originals(library, prices), *_priced(MONTH, library, prices, free=free)),
    )


def by_service(lines: Iterable[Line]) -> dict[str, float]:
    """The sum per service in dollars, the dearest first."""
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.service] = sums.get(line.service, 0) + line.dollars
    return dict(sorted(sums.items(), key=lambda entry: -entry[1]))


def _priced(uses: Iterable[Use], library: Library, prices: PriceList, *, free: bool) -> list[Line]:
    lines, left = [], {name: price.free if free else 0 for name, price in prices.services.items()}
    for use in uses:
        price, amount = prices.services[use.price], use.amount(library)
        spared = min(left[use.price], amount)
        left[use.price] -= spared
        lines.append(Line(price.service, use.what, (amount - spared) * price.dollars))
    return lines


def _originals(library: Library, prices: PriceList) -> list[Line]:
    kept = prices.classes[library.storage_class]
    return [
        Line("S3", f"originals in {library.storage_class}", library.gigabytes * kept.month),
        Line("S3", "watching which originals are read", library.photos * kept.watched),
    ]


def _moving(library: Library, prices: PriceList) -> list[Line]:
    """What it costs until the originals are in their class: the move, and the dearer class for as long as they wait."""
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
