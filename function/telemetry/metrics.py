"""Writes metrics in CloudWatch's embedded metric format (EMF): within a log line, so without a call or a permission.

CloudWatch extracts them from the log. A library for it would be larger than the functions' own code, and only one
member of the line is needed.
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
    """Sums of the event that a thread processes, by the names of the contract's METRICS."""

    stack: str | None
    _own: local = field(default_factory=local)

    def add(self, name: str, amount: float = 1) -> None:
        """Add to a metric, in its unit. Raises KeyError for a name that is not in the contract."""
        METRICS[name]
        sums = self._sums()
        sums[name] = sums.get(name, 0) + amount

    def timing(self, name: str, call: Callable[P, T]) -> Callable[P, T]:
        """Wrap a call so that its time in milliseconds is added to the metric, also where it raises."""

        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            start = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.add(name, (time.perf_counter() - start) * 1000)

        return timed

    def flush(self, **last: float) -> dict[str, Any]:
        """Return the thread's metrics as fields of one log line, after adding `last`, and reset them."""
        for name, amount in last.items():
            self.add(name, amount)
        sums = {name: round(amount, 3) for name, amount in self._sums().items()}
        self._sums().clear()
        if self.stack is None:
            return sums
        declared = {
            "Namespace": METRICS_NAMESPACE,
            "Dimensions": [[METRICS_DIMENSION]],
            "Metrics": [{"Name": name, "Unit": METRICS[name]} for name in sums],
        }
        embedded = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [declared]}
        return {"_aws": embedded, METRICS_DIMENSION: self.stack, **sums}

    def _sums(self) -> dict[str, float]:
        sums: dict[str, float] = vars(self._own)
        return sums
