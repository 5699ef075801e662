"""What the owner writes about a photo: what of it is taken, where it is shown, and what it outlives."""

import json
from collections.abc import Callable

import pytest

from function.index.keys import photo_id
from function.values.annotations import Annotations
from function.values.photo import State
from tests.function.conftest import Cloud, s3_event
from tests.support.api_client import ask, body, listed
from tests.support.api_owner import (
    ASKED,
    KEY,
    SIDECAR,
    TURNED,
    WORDS,
    deleted,
    handle,
    lose,
    process_tasks,
    uploaded,
    words,
    write,
    written,
)
from tests.support.tagging import sidecar


def test_what_the_owner_writes_is_told_at_once_and_listed_in_a_moment(cloud: Cloud) -> None:
    handle(uploaded(cloud))
    told = body(write())
    assert {name: told[name] for name in ASKED} == ASKED
    shown = body(ask("GET /photos/{id}", id=photo_id("a.jpg")))
    assert {name: shown[name] for name in ASKED} == ASKED
    process_tasks()
    assert listed({"favourite": "true"}) == listed({"album": "best OF"}) == ["a.jpg"]
    assert body(ask("GET /facets/{facet}", facet="album"))["values"] == ["Best of", "Summer"]
    assert words(cloud) == WORDS


def test_what_is_not_named_stays_as_it_is(cloud: Cloud) -> None:
    written(cloud)
    write(favourite=False)
    assert listed({"favourite": "true"}) == []
    write(albums=["Best of", "Winter"])
    process_tasks()
    assert words(cloud) == Annotations("By the sea", favourite=False, albums=("Best of", "Winter"))
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


def test_the_longest_words_are_taken(cloud: Cloud) -> None:
    handle(uploaded(cloud))
    name, caption = "\N{SLIGHTLY SMILING FACE}" * 100, "line\r\n" + "é\t" * 2497
    written = body(write(caption=caption, albums=[f"\n {name}  ", "a"]))
    assert written["caption"] == caption.replace("\r\n", "\n").strip()
    assert written["albums"] == [name, "a"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "one or more of caption, favourite, albums"),
        ("nonsense", "Send a JSON object with"),
        ("[" * 100_000, "Send a JSON object with"),
        ("[]", "Send a JSON object with"),
        ("{}", "Send a JSON object with"),
        ('{"rating": 5}', "rating cannot be written. The fields are caption, favourite, albums"),
        (json.dumps({"a`b" * 99: 5}), "cannot be written. The fields are caption, favourite, albums"),
        ('{"caption": 1}', "caption takes a text"),
        ('{"caption": "a\\u0000b"}', "caption takes a text"),
        ('{"caption": "\\ud800"}', "caption takes a text"),
        (json.dumps({"caption": "a" * 5001}), "caption takes a text of up to 5000 characters"),
        ('{"favourite": "yes"}', "favourite takes true or false"),
        ('{"favourite": null}', "favourite takes true or false"),
        ('{"albums": "Summer"}', "albums takes a list"),
        ('{"albums": [" "]}', "albums takes a list"),
        ('{"albums": [1]}', "albums takes a list"),
        ('{"albums": [""]}', "albums takes a list"),
        ('{"albums": ["a\\u0000b"]}', "albums takes a list"),
        ('{"albums": ["\\u001fa"]}', "albums takes a list"),
        ('{"albums": ["fine", "\\udfff"]}', "albums takes a list"),
        (json.dumps({"albums": ["a" * 101]}), "each a text of 1 to 100 characters"),
        (json.dumps({"albums": [str(number) for number in range(101)]}), "albums takes a list of up to 100 names"),
        ('{"caption": "fine", "albums": null}', "albums takes a list"),
    ],
)
def test_what_cannot_be_written_is_said_and_changes_nothing(cloud: Cloud, asked: str, said: str) -> None:
    handle(uploaded(cloud))
    before = cloud.photo("a.jpg")
    answer = ask("PATCH /photos/{id}", content=asked, id=photo_id("a.jpg"))
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
