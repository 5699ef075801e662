"""Writes structured logs: one JSON object per line, with the photo's key.

Never logs a token, an address, a place or a person's name.
"""

import json
import logging
from typing import Any

logger = logging.getLogger("safelight")


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON, with the fields of Lambda's own JSON format."""

    def format(self, record: logging.LogRecord) -> str:
        """Format the record."""
        line: dict[str, Any] = {
            "timestamp": self.formatTime(record),
            "level": record.levelname,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["stackTrace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure() -> None:
    """Send the logger's lines to standard error, in place of Lambda's own handler. Done once per cold start."""
    if logger.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def event(message: str, *, level: int = logging.INFO, exc_info: bool = False, **fields: object) -> None:
    """Log one event with its fields."""
    logger.log(level, message, extra={"fields": fields}, exc_info=exc_info)
