"""A file over bytes that lie elsewhere, where any place can be gone to."""

import io
from typing import Any


class SeekingFile(io.RawIOBase):
    """The places of a file of a known length; whoever has its bytes says in `_some` how they are read."""

    _at = 0
    _length = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise ValueError("there is nothing before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read at most as much as fits into the buffer."""
        view = memoryview(buffer).cast("B")
        found = self._some(len(view))
        view[: len(found)] = found
        return len(found)

    def _some(self, size: int) -> bytes:
        """At most so many bytes from where the file is, which then is behind them; none at its end."""
        raise NotImplementedError
