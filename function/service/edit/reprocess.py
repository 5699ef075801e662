"""Requests work on a photo from the worker."""

from dataclasses import dataclass

from function.contract.routes import Access
from function.index.keys import full_key
from function.ports.messages import Tasks
from function.service.access import require
from function.service.browse.photos import PhotoQueries
from function.values.photo import Photo
from function.values.principal import Principal

REPROCESS = "reprocess"


@dataclass(frozen=True)
class TaskRequests:
    """Requests tasks of the contract from the worker."""

    tasks: Tasks
    originals_prefix: str

    def request(self, task: str, photo: Photo) -> None:
        """Request a task with the photo."""
        self.tasks.send(task, [full_key(self.originals_prefix, photo.key)])


@dataclass(frozen=True)
class Reprocessing:
    """Has photos processed again."""

    photos: PhotoQueries
    tasks: TaskRequests

    def request(self, principal: Principal, identifier: str) -> None:
        """Have the photo processed again; the worker does it in a moment. Raises NotFoundError, ForbiddenError."""
        require(principal, Access.MEMBER)
        self.tasks.request(REPROCESS, self.photos.photo(principal, identifier))
