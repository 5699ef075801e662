"""Lists the functions that run in the sandbox, each with the type that it returns."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from function.values.description import Description
from function.values.rendering import Rendering

T = TypeVar("T")


@dataclass(frozen=True)
class Task(Generic[T]):
    """A function, named `package.module:function`, which takes a photo and further arguments, and returns `returns`.

    It is named instead of imported, because its module loads the decoders.
    """

    name: str
    returns: type[T]


RENDER = Task("function.imaging.render:render", Rendering)
DESCRIBE = Task("function.metadata:describe", Description)
TASKS = (RENDER, DESCRIBE)
