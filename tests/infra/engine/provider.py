"""A provider plug-in for Pulumi's engine that makes what is declared in the embedded AWS.

One process per package (aws, docker-build). `FAIL`, in the environment, names a resource that cannot be made: with it a
test stops an update in the middle.
"""

import json
import os
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

import grpc
from botocore.exceptions import BotoCoreError, ClientError
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from local.emulator.clients import Aws
from local.makers import EmbeddedMaker
from tests.infra.engine import changes, lookups, naming, values
from tests.infra.engine.deletions import delete
from tests.infra.engine.server import serve
from tests.infra.engine.updates import UPDATES

IMAGE = "docker-build:index:Image"
CLIENTS = threading.Lock()


class OneByOne(Aws):
    """The embedded AWS for many threads: boto3 must not make two clients at once."""

    def client(self, service: str) -> Any:
        """Return the client of the service."""
        with CLIENTS:
            return super().client(service)


class RefusedError(Exception):
    """AWS, or a test, refuses the operation."""


def answered(operation: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """Give the engine the message of an error of AWS."""

    @wraps(operation)
    def answer(self: Any, request: Any, context: Any) -> Any:
        try:
            return operation(self, request, context)
        except (ClientError, BotoCoreError, RefusedError) as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))

    return answer


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """Pulumi's ResourceProvider service over the table that makes each declared type."""

    def __init__(self) -> None:
        self._aws = OneByOne("", "", "", "")

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol's name
        """Take plain values alone: the engine keeps track of secrets."""
        return provider_pb2.ProviderHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Give the version under which this plug-in was installed."""
        return plugin_pb2.PluginInfo(version=os.environ["PLUGIN_VERSION"])

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Take any configuration."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Never replace the provider itself: each resource has its region."""
        return _compared(changes.changed(values.read(request.old_inputs), values.read(request.news)), [])

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Find the embedded AWS."""
        given = values.read(request.args)
        endpoints = json.loads(given.get("endpoints", "[{}]"))
        endpoint = next(iter(endpoints[0].values()), os.environ.get("AWS_ENDPOINT_URL", ""))
        keys = os.environ.get("AWS_ACCESS_KEY_ID", ""), os.environ.get("AWS_SECRET_ACCESS_KEY", "")
        self._aws = OneByOne(endpoint, given.get("region", ""), *keys)
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    @answered
    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Call one of the provider's functions."""
        answer = EmbeddedMaker(self._aws).call(request.tok, values.read(request.args))
        return provider_pb2.InvokeResponse(**{"return": values.write(answer)})

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Add the name and the region; refuse a name that AWS does not take."""
        kind, name = _identity(request.urn)
        news, olds = values.read(request.news), values.read(request.olds)
        if kind == IMAGE:
            return provider_pb2.CheckResponse(inputs=request.news)
        try:
            inputs = naming.with_defaults(kind, name, self._aws.region, news, olds)
        except naming.NameRefusedError as refused:
            return provider_pb2.CheckResponse(failures=[provider_pb2.CheckFailure(reason=str(refused))])
        return provider_pb2.CheckResponse(inputs=values.write(inputs))

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Compare the inputs."""
        kind, _ = _identity(request.urn)
        olds, news = values.read(request.old_inputs), values.read(request.news)
        keys = changes.changed(olds, news, tuple(request.ignoreChanges))
        return _compared(keys, changes.replacing(kind, keys))

    @answered
    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Make the resource; a preview has its inputs alone."""
        inputs = values.read(request.properties)
        if request.preview:
            return provider_pb2.CreateResponse(properties=values.write(inputs))
        identifier, outputs = self._make(request.urn, inputs)
        return provider_pb2.CreateResponse(id=identifier, properties=values.write(outputs))

    @answered
    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Bring the resource up to date; in a preview its outputs stay, but for an image's digest."""
        kind, _ = _identity(request.urn)
        olds, news = values.read(request.olds), values.read(request.news)
        if request.preview:
            shown = news if kind == IMAGE else {**olds, **news}
            return provider_pb2.UpdateResponse(properties=values.write(shown))
        _fail_as_asked(request.urn)
        outputs = {**olds, **news}
        if update := UPDATES.get(kind):
            update(self._aws, {**outputs, "id": request.id})
        else:
            outputs = self._make(request.urn, news)[1]
        return provider_pb2.UpdateResponse(properties=values.write(outputs))

    @answered
    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Delete the resource; one that is gone already is no error."""
        _fail_as_asked(request.urn)
        kind, _ = _identity(request.urn)
        delete(self._aws, kind, {**values.read(request.properties), "id": request.id})
        return empty_pb2.Empty()

    @answered
    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Look the resource up for a refresh, or read one that a stack adopts."""
        kind, _ = _identity(request.urn)
        properties, inputs = values.read(request.properties), values.read(request.inputs)
        if not lookups.is_there(self._aws, kind, {**properties, "id": request.id}):
            return provider_pb2.ReadResponse()
        if not properties:
            found, outputs = lookups.adopted(self._aws, kind, request.id)
            inputs = {**found, "region": self._aws.region}
            properties = {**inputs, **outputs}
        return provider_pb2.ReadResponse(
            id=request.id, properties=values.write(properties), inputs=values.write(inputs)
        )

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Let what runs come to its end."""
        return empty_pb2.Empty()

    def _make(self, urn: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        _fail_as_asked(urn)
        kind, logical = _identity(urn)
        name = naming.name_of(kind, logical, inputs)
        identifier, outputs = EmbeddedMaker(self._aws).make(kind, name, naming.declared(inputs))
        return identifier, {**inputs, **outputs}


def _compared(keys: list[str], replaces: list[str]) -> Any:
    some = provider_pb2.DiffResponse.DIFF_SOME if keys else provider_pb2.DiffResponse.DIFF_NONE
    return provider_pb2.DiffResponse(changes=some, diffs=keys, replaces=replaces)


def _identity(urn: str) -> tuple[str, str]:
    kinds, name = urn.split("::", maxsplit=3)[2:]
    return kinds.rsplit("$", maxsplit=1)[-1], name


def _fail_as_asked(urn: str) -> None:
    wanted = os.environ.get("FAIL")
    if wanted and _identity(urn)[1].endswith(wanted):
        raise RefusedError("the service is out of order")


if __name__ == "__main__":
    serve(provider_pb2_grpc.add_ResourceProviderServicer_to_server, Provider())
