"""Starts the decoders' process, which loads them while the function loads its other modules."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from function.sandbox.tasks import TASKS, Task
from function.settings import settings

if TYPE_CHECKING:
    from function.sandbox.process import Sandbox

Call = Callable[..., Any]


@cache
def sandbox() -> "Sandbox":
    """Start the sandbox. It loads the decoders while the first photo is fetched."""
    from function.sandbox.process import Limits, Sandbox

    preload = tuple(task.name for task in TASKS)
    made = Sandbox(Limits(memory=settings.worker().decoder_memory), preload)
    made.start()
    return made


def sandboxed(task: Task[Any], timing: Callable[[Call], Call] = lambda call: call) -> Call:
    """Return a function that runs the task in the sandbox. Waiting for other threads' calls is not timed."""
    timed = timing(lambda *arguments: sandbox().call(task, *arguments))

    def called(*arguments: Any) -> Any:
        with sandbox().turn:
            return timed(*arguments)

    return called
