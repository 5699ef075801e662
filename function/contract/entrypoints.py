"""Names the handler of each function, as the command of the image."""

from typing import Final

WORKER_HANDLER: Final = "function.handlers.worker.handle"

API_HANDLER: Final = "function.handlers.api.handle"

FAILURES_HANDLER: Final = "function.handlers.failures.handle"

POSTSCRIPT_HANDLER: Final = "function.handlers.postscript.handle"
