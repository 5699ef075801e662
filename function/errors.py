"""Lists the errors of photos, requests and services, each with the state or the HTTP status it leads to."""

from function.values.photo import State


class PhotoError(Exception):
    """Signals that a photo itself is wrong, so that a retry is no use. The message is written for the photo's owner."""

    state = State.FAILED


class UnsupportedFormatError(PhotoError):
    """Signals that the bytes are of no format on the allow-list."""

    state = State.UNSUPPORTED


class NotAPhotoError(UnsupportedFormatError):
    """Signals that the file is not a photo, such as a video beside photos. The owner has nothing to mend."""

    state = State.SKIPPED


class EmptyFileError(PhotoError):
    """Signals a file of no bytes."""

    state = State.UNSUPPORTED


class BrokenImageError(PhotoError):
    """Signals bytes of an allowed format that cannot be decoded completely."""


class NotRawError(BrokenImageError):
    """Signals a file that LibRaw does not recognize as RAW."""


class TooLargeError(PhotoError):
    """Signals more pixels in the header than the function decodes."""


class ObjectNotFoundError(Exception):
    """Signals that an object does not exist: most likely it was deleted after the event that named it."""


class RequestError(Exception):
    """Signals a request that cannot be answered. `status` is the HTTP status; the message says what to change."""

    status = 400


class UnauthenticatedError(RequestError):
    """The request carries no valid token."""

    status = 401


class ForbiddenError(RequestError):
    """The principal's role does not allow the request."""

    status = 403


class NotFoundError(RequestError):
    """Signals that the requested photo, page or list does not exist."""

    status = 404


class ServiceUnavailableError(Exception):
    """Signals that a service could not be reached or answered with an error. The call can be retried later."""


class OutcomeUnknownError(ServiceUnavailableError):
    """Signals that the request was sent and no response arrived: it may have been executed and billed."""
