"""Runs the command line `python -m cost --photos 50000 --average-mb 25`, which `make cost` calls."""

import argparse
import sys
from collections.abc import Sequence

from cost.estimate import estimate
from cost.prices import PriceList, load
from cost.report import report
from cost.usage import STACK, Library

EPILOG = """
Storage classes of the originals (--class); a stack has its class in safelight:archiveClass:
  STANDARD             read at any time, for nothing more
  STANDARD_IA          half the price, a cent per GB that is read
  INTELLIGENT_TIERING  moves to the cheapest class by itself; priced here for originals that nobody reads
  GLACIER_IR           a fifth of the price, available at once; three cents per GB that is read
  GLACIER              as cheap, but an original has to be restored hours before
  DEEP_ARCHIVE         a twentieth of the price; restored half a day before
Renditions, which the gallery shows, are always in STANDARD.

Examples:
  make cost PHOTOS=50000 AVERAGE_MB=25                      RAW files, with the default settings
  make cost PHOTOS=50000 AVERAGE_MB=25 CLASS=GLACIER_IR     as the stack `prod` keeps them
  python -m cost --photos 8000 --average-mb 4 --rekognition labels for phone photos

All prices are in cost/prices.toml, with their date. Taxes, and the free tier of the first year, are left out.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the estimate. Returns 0."""
    prices = load()
    given = _parser(prices).parse_args(arguments)
    library = Library(
        given.photos, given.average_mb, given.storage_class, given.visits, given.rekognition, given.monthly_image_budget
    )
    print("\n".join(report(library, estimate(library, prices, free=given.free), prices)))
    return 0


def _parser(prices: PriceList) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cost",
        description="Estimate the costs of a library in AWS, once and each month, beside disks at home.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--photos", type=_count, default=50_000, help="how many photos (default %(default)s)")
    parser.add_argument("--average-mb", type=_size, default=25, help="their mean size in MB (default %(default)s)")
    parser.add_argument(
        "--class",
        dest="storage_class",
        choices=prices.classes,
        default="STANDARD",
        metavar="CLASS",
        help="where originals end up (default %(default)s); see below",
    )
    parser.add_argument(
        "--visits", type=_count, default=30, help="visits of the gallery in a month (default %(default)s)"
    )
    parser.add_argument("--rekognition", action="store_true", help="with labels")
    parser.add_argument(
        "--rekognition-images",
        dest="monthly_image_budget",
        type=_count,
        default=STACK.rekognition_monthly_images,
        metavar="COUNT",
        help="for how many photos a month, as safelight:rekognitionMonthlyImages (default %(default)s)",
    )
    parser.add_argument(
        "--no-free",
        dest="free",
        action="store_false",
        help="for an account whose monthly free tier is used up",
    )
    return parser


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _size(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = 0
    if not 0 < size < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no size in MB above 0")
    return size


if __name__ == "__main__":
    sys.exit(main())
