"""Metrics in CloudWatch's embedded format: figures within a log line, which ask for no call and no permission.

CloudWatch reads the format out of the log by itself. A library for it would be larger than the functions' own code;
what is needed of it is one member of the line.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import local
from typing import Any, ParamSpec, TypeVar

from function.contract.metrics import METRICS, METRICS_DIMENSION, METRICS_NAMESPACE

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Metrics:
    """What is counted and timed of the change that a thread has in hand, by the names of the contract's METRICS."""

    stack: str | None
    _own: local = field(default_factory=local)

    def add(self, name: str, amount: float = 1) -> None:
        """Add to a figure, in its unit. Raises KeyError where the contract has none of that name."""
        METRICS[name]
        sums = self._sums()
        sums[name] = sums.get(name, 0) + amount

    def timing(self, name: str, call: Callable[P, T]) -> Callable[P, T]:
        """The call, whose time is added to the figure, whether it ends well or not."""

        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            start = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.add(name, (time.perf_counter() - start) * 1000)

        return timed

    def told(self, **last: float) -> dict[str, Any]:
        """The figures as fields of one log line, with some last ones; what comes next begins anew."""
        for name, amount in last.items():
            self.add(name, amount)
        sums = {name: round(amount, 3) for name, amount in self._sums().items()}
        self._sums().clear()
        if self.stack is None:
            return sums
        described = {
            "Namespace": METRICS_NAMESPACE,
            "Dimensions": [[METRICS_DIMENSION]],
            "Metrics": [{"Name": name, "Unit": METRICS[name]} for name in sums],
        }
        embedded = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [described]}
        return {"_aws": embedded, METRICS_DIMENSION: self.stack, **sums}

    def _sums(self) -> dict[str, float]:
        sums: dict[str, float] = vars(self._own)
        return sums
