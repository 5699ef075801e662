"""Describes alarms in full to clients that speak AWS's older query protocol, as Terraform's provider does.

MiniStack answers newer protocols with all fields of an alarm, but omits most from this one's XML, so that each plan of
the provider would change every alarm.
No longer needed when `tests/local/emulator/test_answers.py` passes without it.
"""

import json
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from ministack.services import cloudwatch

Answer = tuple[int, dict[str, str], Any]
LISTS = ("AlarmNames", "AlarmTypes")
TEXTS = ("AlarmNamePrefix", "StateValue", "MaxRecords", "NextToken")


def apply() -> None:
    """Replace the handler of DescribeAlarms, for requests of the query protocol."""
    describe = cloudwatch._describe_alarms

    def describe_in_full(params: Any, data: Any, is_cbor: bool, is_json: bool = False) -> Answer:  # noqa: FBT001, FBT002
        if is_cbor or is_json:
            return describe(params, data, is_cbor, is_json)  # type: ignore[no-any-return]
        status, _, body = describe({}, _describe_arguments(params), False, True)
        if status != 200:  # noqa: PLR2004 - HTTP's
            return describe(params, data, False, False)  # type: ignore[no-any-return]
        result = f"<DescribeAlarmsResult>{_xml(json.loads(body))}</DescribeAlarmsResult>"
        return cloudwatch._xml(200, "DescribeAlarmsResponse", result)  # type: ignore[no-any-return]

    cloudwatch._describe_alarms = describe_in_full


def _describe_arguments(params: Any) -> dict[str, Any]:
    lists = {name: _members(params, name) for name in LISTS}
    texts = {name: cloudwatch._p(params, name) for name in TEXTS}
    return {name: value for name, value in {**lists, **texts}.items() if value}


def _members(params: Any, name: str) -> list[str]:
    found: list[str] = []
    while value := cloudwatch._p(params, f"{name}.member.{len(found) + 1}"):
        found.append(value)
    return found


def _xml(value: Any, name: str = "") -> str:
    """Return the value in the query protocol's XML: lists as members, times as ISO 8601, nothing for null."""
    if isinstance(value, dict):
        return "".join(f"<{key}>{_xml(inner, key)}</{key}>" for key, inner in value.items() if inner is not None)
    if isinstance(value, list):
        return "".join(f"<member>{_xml(inner)}</member>" for inner in value)
    if isinstance(value, bool):
        return str(value).lower()
    if name.endswith("Timestamp"):
        return datetime.fromtimestamp(float(value), UTC).isoformat()
    return escape(str(value))
