"""Structured logs: one JSON object a line, with the photo's key; never a token, an address, a place or a name."""

import json
import logging
from typing import Any

logger = logging.getLogger("safelight")


class JsonLines(logging.Formatter):
    """A record as one line of JSON, as Lambda's own JSON format has it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
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
    """Write to standard error what Lambda's runtime would otherwise write; done once, at the cold start."""
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
