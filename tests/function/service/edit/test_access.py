"""Changing photos: which role may, by fakes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from function.errors import ForbiddenError, UnauthenticatedError
from function.index.keys import photo_id
from function.service.browse.photos import PhotoQueries
from function.service.edit.annotate import AnnotationChanges, Annotator
from function.service.edit.reprocess import Reprocessing, TaskRequests
from function.service.edit.trash import Trash
from function.values.photo import Photo, State
from function.values.principal import NOBODY, Principal, Role
from tests.support.fakes import FakeIndex, FakeOriginals, FakePostings

ID = photo_id("a.jpg")
PHOTO = Photo("a.jpg", State.READY, "01", settled=True)


@dataclass
class Library:
    """A library of one photo, in memory."""

    index: FakeIndex = field(default_factory=lambda: FakeIndex({ID: PHOTO}))
    originals: FakeOriginals = field(default_factory=lambda: FakeOriginals({"originals/a.jpg": b"photo"}))
    sent: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def send(self, task: str, keys: Sequence[str]) -> None:
        self.sent.append((task, keys))

    @property
    def photos(self) -> PhotoQueries:
        return PhotoQueries(self.index, FakePostings(self.index))

    def annotate(self, principal: Principal) -> None:
        tasks = TaskRequests(self, "originals/")
        Annotator(self.photos, self.index, tasks).annotate(principal, ID, AnnotationChanges(caption="By the sea"))

    def delete(self, principal: Principal) -> None:
        Trash(self.photos, self.index, self.originals, "originals/").delete(principal, ID)

    def reprocess(self, principal: Principal) -> None:
        tasks = TaskRequests(self, "originals/")
        Reprocessing(self.photos, tasks).request(principal, ID)


Act = Callable[[Library, Principal], None]
ACTS = (Library.annotate, Library.delete, Library.reprocess)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("principal", "error"), [(NOBODY, UnauthenticatedError), (Principal("guest", Role.VIEWER), ForbiddenError)]
)
def test_neither_nobody_nor_a_viewer_changes_anything(act: Act, principal: Principal, error: type[Exception]) -> None:
    library = Library()
    with pytest.raises(error):
        act(library, principal)
    assert library == Library()


@pytest.mark.parametrize("act", ACTS)
def test_a_member_changes_photos(act: Act) -> None:
    library = Library()
    act(library, Principal("friend", Role.MEMBER))
    assert library != Library()


def test_a_photo_is_processed_again_by_its_whole_key() -> None:
    library = Library()
    library.reprocess(Principal("friend", Role.MEMBER))
    assert library.sent == [("reprocess", ["originals/a.jpg"])]
