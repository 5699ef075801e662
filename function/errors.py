"""What can be wrong with a photo or a request, each with the state or the HTTP status it leads to."""

from function.values.photo import State


class PhotoError(Exception):
    """Something is wrong with a photo itself: a fact about it, not a fault to retry. The message is for its owner."""

    state = State.FAILED


class UnsupportedFormatError(PhotoError):
    """The bytes are of no format that is taken in."""

    state = State.UNSUPPORTED


class NotAPhotoError(UnsupportedFormatError):
    """The bytes are of something else that lies among photos, such as a video: there is nothing to mend."""

    state = State.SKIPPED


class EmptyFileError(PhotoError):
    """The file has no bytes."""

    state = State.UNSUPPORTED


class BrokenImageError(PhotoError):
    """The bytes are of a known format but cannot be decoded whole."""


class NotRawError(BrokenImageError):
    """LibRaw does not know the file as a RAW."""


class TooLargeError(PhotoError):
    """The header announces more pixels than the function decodes."""


class ObjectNotFoundError(Exception):
    """The original is there no more: it was deleted after the event that told of it."""


class RequestError(Exception):
    """A request that cannot be answered; `status` is the HTTP status, the message says what to change."""

    status = 400


class UnauthenticatedError(RequestError):
    """The request carries no valid token."""

    status = 401


class ForbiddenError(RequestError):
    """The principal's role does not allow the request."""

    status = 403


class NotFoundError(RequestError):
    """There is no such photo."""

    status = 404


class ServiceUnavailableError(Exception):
    """A service could not be reached or did not answer: worth another try later."""


class OutcomeUnknownError(ServiceUnavailableError):
    """A service was asked, and no answer came: what it is paid for may have been done."""
