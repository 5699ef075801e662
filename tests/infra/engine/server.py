"""Serves a Pulumi plug-in: a gRPC server on a free port, whose number is the first line of standard output."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

THREADS = 16
MAXIMUM_BYTES = 400 * 1024 * 1024
OPTIONS = (("grpc.max_receive_message_length", MAXIMUM_BYTES), ("grpc.max_send_message_length", MAXIMUM_BYTES))


def serve(add: Callable[[Any, grpc.Server], None], servicer: object) -> None:
    """Serve until the engine interrupts or ends this process."""
    server = grpc.server(ThreadPoolExecutor(THREADS), options=OPTIONS)
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    print(port, flush=True)
    stopped.wait()
    server.stop(grace=None)
