"""What the owner writes about a photo outlives all that becomes of the photo, whatever comes between which calls."""

import json
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
from PIL import Image

from function import bootstrap
from function.handlers import api, worker
from function.keys import photo_id
from function.postings import keys
from function.values import State, Words
from tests.function.conftest import ORIGINALS, RENDITIONS, TABLE, Cloud, batch, s3_event
from tests.function.handlers.test_api import ask, body, listed
from tests.function.metadata.tagging import sidecar
from tests.function.pictures import encoded, quarters
from tests.function.service.disturbances import Call, Killed, disturbed, interrupted, killed_after, killed_before

KEY = "originals/a.jpg"
WORDS = Words("By the sea", favourite=True, albums=("Summer", "Best of"))
ASKED = {"caption": "By the sea", "favourite": True, "albums": ["Summer", "Best of"]}
TURNED = encoded(Image.fromarray(quarters()[::-1, ::-1].copy()), "JPEG").getvalue()
SIDECAR = sidecar('xmp:Rating="4"')


def handle(event: dict[str, Any]) -> None:
    assert worker.handle(batch(event), None) == {"batchItemFailures": []}


def write(key: str = "a.jpg", **words: Any) -> Any:
    event = {"routeKey": "PATCH /photos/{id}", "pathParameters": {"id": photo_id(key)}}
    return api.handle({**event, "body": json.dumps(words or ASKED)}, None)


def works_off_what_was_asked() -> None:
    """The worker gets all that the api has sent to its queue."""
    queue, url = bootstrap._client("sqs"), bootstrap.api_settings().queue_url
    while found := queue.receive_message(QueueUrl=url).get("Messages"):
        for message in found:
            handle(json.loads(message["Body"]))
            queue.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def uploaded(cloud: Cloud, sequencer: str = "01", content: bytes | None = None) -> dict[str, Any]:
    return s3_event(KEY, cloud.put(KEY, content), sequencer)


def deleted(cloud: Cloud, sequencer: str = "02") -> dict[str, Any]:
    cloud.s3.delete_object(Bucket=ORIGINALS, Key=KEY)
    return s3_event(KEY, None, sequencer, name="ObjectRemoved:DeleteMarkerCreated")


def written(cloud: Cloud) -> None:
    """A photo about which its owner has written."""
    handle(uploaded(cloud))
    assert write()["statusCode"] == 200
    works_off_what_was_asked()


def lose(cloud: Cloud) -> None:
    for item in cloud.dynamodb.scan(TableName=TABLE)["Items"]:
        cloud.dynamodb.delete_item(TableName=TABLE, Key={name: item[name] for name in ("pk", "sk")})


def words(cloud: Cloud) -> Words:
    """What the owner wrote, as the index has it: settled, posted and recorded."""
    photo = cloud.photo("a.jpg")
    assert photo
    assert photo.settled
    assert cloud.posted("a.jpg") == keys(photo)
    record = bootstrap.records().load("a.jpg")
    assert record
    assert record.words == photo.words
    return photo.words


def test_what_the_owner_writes_is_told_at_once_and_listed_in_a_moment(cloud: Cloud) -> None:
    handle(uploaded(cloud))
    told = body(write())
    assert {name: told[name] for name in ASKED} == ASKED
    shown = body(ask("GET /photos/{id}", id=photo_id("a.jpg")))
    assert {name: shown[name] for name in ASKED} == ASKED
    works_off_what_was_asked()
    assert listed({"favourite": "true"}) == listed({"album": "best OF"}) == ["a.jpg"]
    assert body(ask("GET /terms/{term}", term="album"))["values"] == ["Best of", "Summer"]
    assert words(cloud) == WORDS


def test_what_is_not_named_stays_as_it_is(cloud: Cloud) -> None:
    written(cloud)
    write(favourite=False)
    assert listed({"favourite": "true"}) == []
    write(albums=["Best of", "Winter"])
    works_off_what_was_asked()
    assert words(cloud) == Words("By the sea", favourite=False, albums=("Best of", "Winter"))
    assert listed({"album": "Summer"}) == []


def test_the_owners_caption_goes_over_the_files_own_which_is_not_lost(cloud: Cloud) -> None:
    told = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">By the file</rdf:li></rdf:Alt></dc:description>'
    cloud.put(f"{KEY}.xmp", sidecar("", told))
    handle(uploaded(cloud))
    for caption, shown in (("Mine", "Mine"), ("", None), (None, "By the file")):
        photo = body(write(caption=caption))
        assert (photo["caption"], photo["metadata"]["caption"]) == (shown, "By the file")


def test_two_spellings_of_an_album_are_one(cloud: Cloud) -> None:
    handle(uploaded(cloud))
    assert body(write(albums=["Summer  2024 ", "SUMMER 2024", "Été"]))["albums"] == ["Summer 2024", "Été"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "as an object with caption, favourite, albums"),
        ("nonsense", "as an object with"),
        ("[" * 100_000, "as an object with"),
        ("[]", "as an object with"),
        ("{}", "as an object with"),
        ('{"rating": 5}', "rating is nothing to write about a photo; there are caption, favourite, albums"),
        ('{"caption": 1}', "caption takes a text"),
        ('{"caption": "a\\u0000b"}', "caption takes a text"),
        ('{"caption": "\\ud800"}', "caption takes a text"),
        (json.dumps({"caption": "a" * 5001}), "caption takes a text of up to 5000 characters"),
        ('{"favourite": "yes"}', "favourite takes true or false"),
        ('{"favourite": null}', "favourite takes true or false"),
        ('{"albums": "Summer"}', "albums takes a list"),
        ('{"albums": [" "]}', "albums takes a list"),
        ('{"albums": [1]}', "albums takes a list"),
        (json.dumps({"albums": ["a" * 101]}), "each a text of 1 to 100 characters"),
        (json.dumps({"albums": [str(number) for number in range(101)]}), "albums takes a list of up to 100 names"),
        ('{"caption": "fine", "albums": null}', "albums takes a list"),
    ],
)
def test_what_cannot_be_written_is_said_and_changes_nothing(cloud: Cloud, asked: str, said: str) -> None:
    handle(uploaded(cloud))
    before = cloud.photo("a.jpg")
    event = {"routeKey": "PATCH /photos/{id}", "pathParameters": {"id": photo_id("a.jpg")}, "body": asked}
    answer = api.handle(event, None)
    assert answer["statusCode"] == 400
    assert said in body(answer)["message"]
    assert cloud.photo("a.jpg") == before


def test_nobody_writes_about_a_photo_that_is_not_there(cloud: Cloud) -> None:
    assert write()["statusCode"] == 404
    handle(uploaded(cloud))
    handle(deleted(cloud))
    assert write()["statusCode"] == 404


Story = Callable[[Cloud], None]


def another_version(cloud: Cloud) -> None:
    handle(uploaded(cloud, "02", TURNED))


def no_photo_in_its_place(cloud: Cloud) -> None:
    handle(uploaded(cloud, "02", b"now it is text"))


def a_sidecar(cloud: Cloud) -> None:
    handle(s3_event(f"{KEY}.xmp", cloud.put(f"{KEY}.xmp", SIDECAR), "02"))


def a_reprocess(_: Cloud) -> None:
    handle({"task": "reprocess", "keys": [KEY]})


def a_backfill(cloud: Cloud) -> None:
    cloud.put(KEY, TURNED)
    handle({"task": "backfill", "keys": [KEY]})


def a_delete_and_an_upload(cloud: Cloud) -> None:
    handle(deleted(cloud))
    handle(uploaded(cloud, "03"))


def a_delete_by_its_owner_and_an_upload(cloud: Cloud) -> None:
    assert ask("DELETE /photos/{id}", id=photo_id("a.jpg"))["statusCode"] == 204
    handle(deleted(cloud))
    handle(uploaded(cloud, "03"))


def an_index_that_was_lost(cloud: Cloud) -> None:
    lose(cloud)
    handle({"task": "rebuild", "keys": ["records/a.jpg.json"]})


def an_upload_while_the_index_is_lost(cloud: Cloud) -> None:
    lose(cloud)
    handle(uploaded(cloud, "02", TURNED))


def an_index_that_was_lost_while_it_was_deleted(cloud: Cloud) -> None:
    handle(deleted(cloud))
    lose(cloud)
    handle({"task": "rebuild", "keys": ["records/a.jpg.json"]})
    gone = cloud.photo("a.jpg")
    assert gone
    assert gone.state == State.DELETED
    handle(uploaded(cloud, "03"))


def a_delete_told_after_the_index_was_lost(cloud: Cloud) -> None:
    lose(cloud)
    handle(deleted(cloud))
    handle(uploaded(cloud, "03"))


STORIES: tuple[Story, ...] = (
    another_version,
    no_photo_in_its_place,
    a_sidecar,
    a_reprocess,
    a_backfill,
    a_delete_and_an_upload,
    a_delete_by_its_owner_and_an_upload,
    an_index_that_was_lost,
    an_upload_while_the_index_is_lost,
    an_index_that_was_lost_while_it_was_deleted,
    a_delete_told_after_the_index_was_lost,
)


@pytest.mark.parametrize("story", STORIES)
def test_what_the_owner_wrote_outlives(cloud: Cloud, story: Story) -> None:
    written(cloud)
    story(cloud)
    assert words(cloud) == WORDS


Happening = Callable[[Cloud], dict[str, Any]]


def an_upload(cloud: Cloud) -> dict[str, Any]:
    return uploaded(cloud)


def a_new_version(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return uploaded(cloud, "02", TURNED)


def another_try(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return {"task": "reprocess", "keys": [KEY]}


def a_sidecar_beside_it(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    return s3_event(f"{KEY}.xmp", cloud.put(f"{KEY}.xmp", SIDECAR), "01")


def other_words(cloud: Cloud) -> dict[str, Any]:
    handle(uploaded(cloud))
    write(caption="Another", albums=["Another"])
    return {"task": "settle", "keys": [KEY]}


def an_older_event(cloud: Cloud) -> dict[str, Any]:
    older = uploaded(cloud)
    handle(uploaded(cloud, "02", TURNED))
    return older


HAPPENINGS: tuple[Happening, ...] = (
    an_upload,
    a_new_version,
    another_try,
    a_sidecar_beside_it,
    other_words,
    an_older_event,
)


def forgotten(cloud: Cloud) -> None:
    """Nothing is left of the photo."""
    lose(cloud)
    for found in cloud.s3.list_object_versions(Bucket=ORIGINALS).get("Versions", ()):
        cloud.s3.delete_object(Bucket=ORIGINALS, Key=found["Key"], VersionId=found["VersionId"])
    for found in cloud.s3.list_objects_v2(Bucket=RENDITIONS).get("Contents", ()):
        cloud.s3.delete_object(Bucket=RENDITIONS, Key=found["Key"])


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_is_written_while_the_worker_is_at_the_photo_is_not_lost(cloud: Cloud, happening: Happening) -> None:
    at, reached = 0, True
    while reached:
        event, reached, accepted = happening(cloud), False, False

        def meanwhile(call: Call) -> Any:
            nonlocal reached, accepted
            reached, accepted = True, write()["statusCode"] == 200
            works_off_what_was_asked()
            return call()

        with disturbed(at, meanwhile) as calls:
            handle(event)
        if accepted:
            assert words(cloud) == WORDS, f"between {calls[:at]} and the rest"
        forgotten(cloud)
        at += 1
    assert at > 3


@pytest.mark.parametrize("happening", HAPPENINGS)
def test_what_is_written_while_the_worker_is_at_the_photo_and_is_killed_is_not_lost(
    cloud: Cloud, happening: Happening
) -> None:
    event = happening(cloud)
    with disturbed(None, killed_before) as calls:
        handle(event)
    forgotten(cloud)
    written_at = []

    def meanwhile() -> None:
        if write()["statusCode"] == 200:
            written_at.append(at)
        works_off_what_was_asked()

    for at, later in product(range(len(calls)), (1, 2, 3)):
        event = happening(cloud)
        with interrupted(at, meanwhile, at + later), suppress(Killed):
            handle(event)
        handle(event)
        photo, record = cloud.photo("a.jpg"), bootstrap.records().load("a.jpg")
        assert photo
        assert record
        if at in written_at:
            assert photo.words == record.words == WORDS, f"before call {at} of {calls}, killed {later} after it"
        forgotten(cloud)
    assert written_at


@pytest.mark.parametrize("fault", [killed_before, killed_after])
def test_the_owners_write_that_was_interrupted_is_done_whole_when_it_is_asked_for_again(
    cloud: Cloud, fault: Callable[[Call], Any]
) -> None:
    handle(uploaded(cloud))
    with disturbed(None, fault) as calls:
        write(caption="calm")
    works_off_what_was_asked()
    assert calls == ["GetItem", "PutItem", "SendMessage"]
    for at in range(len(calls)):
        with disturbed(at, fault), pytest.raises(Killed):
            write(albums=[f"{at}"])
        assert write(albums=[f"{at}"])["statusCode"] == 200
        works_off_what_was_asked()
        assert words(cloud).albums == (f"{at}",)
        assert listed({"album": f"{at}"}) == ["a.jpg"]


@pytest.mark.parametrize("fault", [killed_before, killed_after])
def test_a_worker_that_is_killed_while_it_follows_the_owner_does_it_again(
    cloud: Cloud, fault: Callable[[Call], Any]
) -> None:
    written(cloud)
    write(favourite=False, albums=["0"])
    task = {"task": "settle", "keys": [KEY]}
    with disturbed(None, fault) as calls:
        handle(task)
    for at in range(len(calls)):
        write(albums=[f"{at + 1}"])
        with disturbed(at, fault), pytest.raises(Killed):
            handle(task)
        handle(task)
        assert words(cloud).albums == (f"{at + 1}",)
    works_off_what_was_asked()
