"""Reads the names of the persons in a picture from XMP: of regions (MWG, Microsoft) and of lists."""

from function.metadata.tags import NUMBER, Tags
from function.metadata.text import distinct, plain

# Lists of names, and the paths of names in the regions that programs draw around faces; [] stands for a number.
LISTS = ("Xmp.iptcExt.PersonInImage", "Xmp.mediapro.People")
MWG = "Xmp.mwg-rs.Regions/mwg-rs:RegionList[]/mwg-rs:"
MICROSOFT = "Xmp.MP.RegionInfo/MPRI:Regions[]/MPReg:PersonDisplayName"
NAMES = {*LISTS, f"{MWG}Name", f"{MWG}Type", MICROSOFT}
# The kind of an MWG region that shows a person; others are pets, focus points and bar codes.
FACE = "face"
MOST_PEOPLE = 100


def named(tags: Tags) -> tuple[str, ...]:
    """Each person once, in the order of the regions."""
    found = [value for name in LISTS for value in tags.get(name, ())]
    for name, values in tags.items():
        path = NUMBER.sub("[]", name)
        if path == MICROSOFT or (path == f"{MWG}Name" and _is_face(tags, name)):
            found += values
    return distinct(map(plain, found))[:MOST_PEOPLE]


def _is_face(tags: Tags, name: str) -> bool:
    kind = tags.get(name.removesuffix("Name") + "Type", ("",))[0]
    return kind.casefold() in ("", FACE)
