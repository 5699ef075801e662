"""Prints the reads of each kind of page: `python -m tests.system.scale --photos 1000 100000`. `make scale` runs it."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.system.scale import album, emulated
from tests.system.scale.pages import Cost, measure_pages, measure_writes


def main() -> None:
    """Fill libraries of these sizes, one after the other, and print the tables of docs/scale.md."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--photos", type=int, nargs="+", default=[1_000, 100_000])
    sizes = parser.parse_args().photos
    if missing := emulated.missing():
        raise SystemExit(
            f"There is no {' and no '.join(missing)}: Debian's packages are default-jre-headless and maven."
        )
    if not emulated.fits():
        raise SystemExit("DynamoDB Local has no store for this processor.")
    with tempfile.TemporaryDirectory() as folder, emulated.running(Path(folder)) as endpoint:
        dynamodb = emulated.client(endpoint)
        pages = {size: _pages(endpoint, dynamodb, size) for size in sizes}
        _print_pages(pages)
        _print_writes(measure_writes(dynamodb, f"index-{sizes[-1]}"))


def _pages(endpoint: str, dynamodb: object, size: int) -> dict[str, tuple[int, Cost]]:
    table = f"index-{size}"
    emulated.make_table(dynamodb, table)
    started = time.monotonic()
    count = album.fill(endpoint, table, size)
    print(f"<!-- {size:,} photos: {count:,} items, measure_writes in {time.monotonic() - started:.0f} s -->")
    return measure_pages(dynamodb, table)


def _print_pages(pages: dict[int, dict[str, tuple[int, Cost]]]) -> None:
    print("| page | shown | calls |", " | ".join(f"items, {size:,} photos | units" for size in pages), "|")
    print("|---|--:|--:|" + "--:|--:|" * len(pages))
    for name, (shown, cost) in next(iter(pages.values())).items():
        counts = " | ".join(f"{found[name][1].items} | {found[name][1].units:g}" for found in pages.values())
        print(f"| {name} | {shown} | {cost.calls} | {counts} |")


def _print_writes(writes: dict[str, Cost]) -> None:
    print("\n| of one photo | calls | units |\n|---|--:|--:|")
    for name, cost in writes.items():
        print(f"| {name} | {cost.calls} | {cost.units:g} |")


if __name__ == "__main__":
    main()
