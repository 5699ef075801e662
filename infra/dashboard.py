"""Describes the CloudWatch dashboard: the throughput of photos, waiting messages, errors and durations on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from function.contract.metrics import METRICS, METRICS_DIMENSION, METRICS_NAMESPACE
from infra.alarms import DEAD_LETTERS, FUNCTION, HTTP_API, QUEUE, MetricSource

WIDTH, HEIGHT, PER_ROW = 8, 6, 3
PERIOD_SECONDS = 300


@dataclass(frozen=True)
class Graph:
    """A graph of metrics: those of every resource of a kind or, without a kind, those that the stack itself writes."""

    title: str
    metrics: tuple[str, ...]
    statistic: str
    kind: MetricSource | None = None


def _own(part: str) -> tuple[str, ...]:
    return tuple(name for name in METRICS if part in name)


GRAPHS = (
    Graph("Photos by state", _own("Photos"), "Sum"),
    Graph("Time per photo and stage, ms", _own("Time"), "Average"),
    Graph("Read from originals, bytes", ("BytesRead",), "Sum"),
    Graph(
        "Messages waiting and in progress",
        ("ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible"),
        "Maximum",
        QUEUE,
    ),
    Graph("Age of the oldest message, s", ("ApproximateAgeOfOldestMessage",), "Maximum", QUEUE),
    Graph("Messages in the dead-letter queue", ("ApproximateNumberOfMessagesVisible",), "Maximum", DEAD_LETTERS),
    Graph("Calls", ("Invocations",), "Sum", FUNCTION),
    Graph("Errors and throttles", ("Errors", "Throttles"), "Sum", FUNCTION),
    Graph("Duration, ms (95th percentile)", ("Duration",), "p95", FUNCTION),
    Graph("Requests", ("Count", "4xx", "5xx"), "Sum", HTTP_API),
    Graph("Response time, ms (95th percentile)", ("Latency",), "p95", HTTP_API),
    Graph("Calls of Rekognition, and retries", ("RekognitionCalls", "TriedAgain"), "Sum"),
)


def body(region: str, stack: str, resources: Sequence[tuple[MetricSource, str]]) -> dict[str, Any]:
    """Return the dashboard's body in CloudWatch's format; `resources` is each resource's kind and name in AWS."""
    return {"widgets": [_widget(place, graph, region, stack, resources) for place, graph in enumerate(GRAPHS)]}


def _widget(
    place: int, graph: Graph, region: str, stack: str, resources: Sequence[tuple[MetricSource, str]]
) -> dict[str, Any]:
    row, column = divmod(place, PER_ROW)
    return {
        "type": "metric",
        "x": column * WIDTH,
        "y": row * HEIGHT,
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "title": graph.title,
            "region": region,
            "stat": graph.statistic,
            "period": PERIOD_SECONDS,
            "metrics": _metrics(graph, stack, resources),
        },
    }


def _metrics(graph: Graph, stack: str, resources: Sequence[tuple[MetricSource, str]]) -> list[list[str]]:
    if graph.kind is None:
        return [[METRICS_NAMESPACE, metric, METRICS_DIMENSION, stack] for metric in graph.metrics]
    kind, values = graph.kind, [value for found, value in resources if found is graph.kind]
    return [[kind.namespace, metric, kind.dimension, value] for value in values for metric in graph.metrics]
