"""Acts as an owner who uses every feature of the library: every route, every way to upload and delete, every fault."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from boto3.s3.transfer import TransferConfig

from function.contract.environment import Variable
from function.contract.routes import ROUTES
from function.contract.table import RECORDS_PREFIX
from function.contract.tasks import TASKS
from function.index.keys import photo_id
from function.values.objects import ObjectVersion
from local.library import maintenance, s3_events
from local.library.library import Library
from tests.conftest import Client, awaited, fetch

# The owner's requests, one per route and fault.
REQUESTS = {
    "GET /": ("/",),
    "GET /gallery/{path+}": ("/gallery/index.html", "/gallery/config.json", "/gallery/none.js"),
    "GET /photos": (
        *("/photos", "/photos?shelf=failed&limit=1", "/photos?shelf=deleted", "/photos?limit=many"),
        *("/photos?city=Tromso", "/photos?city=Nowhere"),
    ),
    "GET /facets/{facet}": ("/facets/city", "/facets/nothing"),
    "GET /photos/{id}": ("/photos/{id}", "/photos/nobody"),
    "POST /photos/{id}/reprocess": ("/photos/{id}/reprocess", "/photos/nobody/reprocess"),
    "PATCH /photos/{id}": ("/photos/{id}", "/photos/nobody"),
    "DELETE /photos/{id}": ("/photos/{id}", "/photos/nobody"),
}
BODIES = {"PATCH": b'{"caption": "By the sea", "favourite": true, "albums": ["Summer"]}'}
SIDECAR = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'


@dataclass(frozen=True)
class Owner:
    """An owner who uses every feature of the library."""

    library: Library
    client: Client
    album: dict[str, Path]

    def uses_every_feature(self) -> None:
        self.uploads()
        self.uploads_to_the_inbox()
        self.replaces_and_deletes()
        self.sends_late_events()
        self.retries_failed_photos()
        self.runs_maintenance()
        self.asks_for_every_route()
        awaited(lambda: not self.library.waiting())

    def uploads(self) -> None:
        """Upload every kind of file: a photo, a RAW file, a broken one, an empty one, no photo, a folder."""
        for key, path in self.album.items():
            self.put(f"originals/{key}", path.read_bytes())
        whole = self.album["2026/evening.jpg"].read_bytes()
        self.put("originals/broken.jpg", whole[: len(whole) // 2])
        self.put("originals/empty.jpg", b"")
        self.put("originals/notes.txt", b"milk, bread")
        self.put("originals/a folder/", b"")
        for key in (*self.album, "broken.jpg", "empty.jpg", "notes.txt"):
            awaited(self.known(key))

    def uploads_to_the_inbox(self) -> None:
        """Upload to the inbox a photo, the same again, another with its name, and one by multipart upload."""
        photo, other = (self.album[key].read_bytes() for key in ("2026/DSC_2107.jpg", "2026/evening.jpg"))
        for content in (photo, photo, photo + b"\0"):
            self.put("inbox/phone.jpg", content)
            awaited(lambda: not self.lies_in("inbox/phone.jpg"))
        awaited(self.known("2026/02/03/phone-1.jpg"))
        for _ in range(2):
            self.put_in_parts("inbox/parts.jpg", self.album["2026/evening.jpg"])
            awaited(lambda: not self.lies_in("inbox/parts.jpg"))
        self.put("inbox/walk.xmp", SIDECAR)
        self.put("inbox/walk.jpg", photo + b"\0\0")
        awaited(lambda: not self.lies_in("inbox/walk.jpg") and not self.lies_in("inbox/walk.xmp"))
        self.put("inbox/empty.jpg", b"")
        self.put("inbox/notes.txt", other[:10])
        self.put("inbox/a folder/", b"")
        awaited(lambda: not self.lies_in("inbox/empty.jpg") and not self.lies_in("inbox/notes.txt"))

    def replaces_and_deletes(self) -> None:
        """Upload a version without renditions, delete by a client, and restore an old version."""
        self.put("originals/turns.jpg", self.album["2026/evening.jpg"].read_bytes())
        awaited(self.known("turns.jpg"))
        self.put("originals/turns.jpg", b"no photo any more")
        awaited(lambda: self.known("turns.jpg")()["state"] == "unsupported")
        newest = self.library.s3.head_object(Bucket=self.library.originals_bucket, Key="originals/turns.jpg")
        self.library.s3.delete_object(
            Bucket=self.library.originals_bucket, Key="originals/turns.jpg", VersionId=newest["VersionId"]
        )
        awaited(lambda: self.known("turns.jpg")()["state"] == "ready")
        self.library.s3.delete_object(Bucket=self.library.originals_bucket, Key="originals/turns.jpg")
        awaited(lambda: self.known("turns.jpg")() is None)

    def sends_late_events(self) -> None:
        """Send events of a deleted object, of one that never existed, and of a removal that did not happen."""
        there = min(self.album)
        for kind, key in (
            (s3_events.CREATED, "originals/never.jpg"),
            (s3_events.REMOVED, "originals/never.jpg"),
            (s3_events.REMOVED, f"originals/{there}"),
        ):
            s3_events.enqueue(self.library, kind, ObjectVersion(key, None, "F0", datetime.now(UTC)))
        awaited(lambda: not self.library.waiting())

    def retries_failed_photos(self) -> None:
        """Put a photo with renditions into the dead-letter queue, wait until it is shown as failed, and retry it.

        Another photo has only a record, as after a loss of the index.
        """
        key = "2026/evening.jpg"
        gone = ObjectVersion(f"originals/{key}", "new", "FE", datetime.now(UTC))
        dead_letters = self.library.aws.sqs.get_queue_url(QueueName="safelight-dev-intake-dead-letters")["QueueUrl"]
        s3_events.enqueue(replace(self.library, queue_url=dead_letters), s3_events.CREATED, gone)
        self.record("never taken in.jpg", of=key)
        never = ObjectVersion("originals/never taken in.jpg", "new", "FE", datetime.now(UTC))
        s3_events.enqueue(replace(self.library, queue_url=dead_letters), s3_events.CREATED, never)
        awaited(lambda: self.known(key)()["state"] == "failed" and self.known("never taken in.jpg")())
        maintenance.replay(self.library)
        awaited(lambda: self.known(key)()["state"] == "ready")

    def runs_maintenance(self) -> None:
        """Rebuild a lost index, and run every task for every photo."""
        maintenance.forget(self.library)
        for task in ("rebuild", *TASKS):
            maintenance.run(self.library, task)

    def asks_for_every_route(self) -> None:
        assert set(REQUESTS) == {route.key for route in ROUTES}
        address = self.client("/photos?limit=1").json()["photos"][0]["renditions"][0]["url"]
        assert fetch(address).status == HTTPStatus.OK
        for route, paths in REQUESTS.items():
            for path in paths:
                method = route.split(" ")[0]
                answer = self.client(path.format(id=photo_id("2026/evening.jpg")), method, BODIES.get(method))
                assert answer.status < HTTPStatus.INTERNAL_SERVER_ERROR, (route, path, answer.body)

    def put(self, key: str, content: bytes) -> None:
        self.library.s3.put_object(Bucket=self.library.originals_bucket, Key=key, Body=content)

    def record(self, key: str, of: str) -> None:
        bucket = self.library.environment[Variable.RENDITIONS_BUCKET]
        source: Any = {"Bucket": bucket, "Key": f"{RECORDS_PREFIX}{of}.json"}
        self.library.s3.copy_object(Bucket=bucket, Key=f"{RECORDS_PREFIX}{key}.json", CopySource=source)

    def put_in_parts(self, key: str, path: Path) -> None:
        parts = TransferConfig(multipart_threshold=1)
        self.library.s3.upload_file(str(path), self.library.originals_bucket, key, Config=parts)

    def lies_in(self, key: str) -> bool:
        found = self.library.s3.list_objects_v2(Bucket=self.library.originals_bucket, Prefix=key)
        return bool(found.get("Contents"))

    def known(self, key: str) -> Callable[[], Any]:
        def look() -> Any:
            answer = self.client(f"/photos/{photo_id(key)}")
            return answer.json() if answer.status == HTTPStatus.OK else None

        return look
