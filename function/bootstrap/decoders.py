"""The process that the decoders run in: it loads them while the functions behind the queue load all else."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from function import settings
from function.sandbox.tasks import TASKS, Task

if TYPE_CHECKING:
    from function.sandbox.process import Sandbox

Call = Callable[..., Any]


@cache
def sandbox() -> "Sandbox":
    """The process, which loads the decoders while the first photo is on its way."""
    from function.sandbox.process import Limits, Sandbox

    preload = tuple(task.name for task in TASKS)
    made = Sandbox(Limits(memory=settings.worker().decoder_memory), preload)
    made.start()
    return made


def sandboxed(task: Task[Any], timing: Callable[[Call], Call] = lambda call: call) -> Call:
    """A call of this task, of a photo and arguments, in the process; timed without the time that others have it."""
    timed = timing(lambda *arguments: sandbox().call(task, *arguments))

    def called(*arguments: Any) -> Any:
        with sandbox().turn:
            return timed(*arguments)

    return called
