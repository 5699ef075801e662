"""The handler of each function, as the command of the image."""

from typing import Final

# The handler of each function, as the image's command.
WORKER_HANDLER: Final = "function.handlers.worker.handle"

API_HANDLER: Final = "function.handlers.api.handle"

FAILURES_HANDLER: Final = "function.handlers.failures.handle"

POSTSCRIPT_HANDLER: Final = "function.handlers.postscript.handle"
