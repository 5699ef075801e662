"""Provides the base of seekable files whose bytes lie elsewhere."""

import io
from typing import Any


class SeekingFile(io.RawIOBase):
    """Keep the position in a file of a known length; a subclass reads its bytes in `_some`."""

    _at = 0
    _length = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset. Raises ValueError before the file's beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise ValueError("there is nothing before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read into the buffer, at most as much as fits. Returns the number of bytes."""
        view = memoryview(buffer).cast("B")
        found = self._some(len(view))
        view[: len(found)] = found
        return len(found)

    def _some(self, size: int) -> bytes:
        """Read at most `size` bytes from the position, and move it behind them. Returns no bytes at the file's end."""
        raise NotImplementedError
