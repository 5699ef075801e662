"""A live, protected stack that adopts another table: its own one gives way, and is not deleted."""

from local import program
from local.makers import EmbeddedMaker
from local.recorder import Recorder
from tests.infra.engine.project import Project

TABLE = "aws:dynamodb/table:Table"


def test_a_table_that_gives_way_is_left_in_the_account(live: Project) -> None:
    # Without AWS's own protection, which would refuse the deletion at the end of the update.
    live.make("photos", "prod", {"safelight:deletionProtection": False})
    live.does("up", "--yes", "--skip-preview", stack="photos")
    tables = live.embedded.aws.dynamodb.list_tables()["TableNames"]
    assert len(tables) == 1
    declared = next(r for r in program.run("prod", Recorder()).resources if r.type == TABLE)
    EmbeddedMaker(live.embedded.aws).make(TABLE, "left-index", dict(declared.inputs))
    live.configure("photos", "prod", {"safelight:deletionProtection": False, "safelight:adoptIndex": "left-index"})
    assert "import" in live.does("up", "--yes", "--skip-preview", stack="photos")
    live.does("preview", "--expect-no-changes", stack="photos")
    assert sorted(live.embedded.aws.dynamodb.list_tables()["TableNames"]) == sorted(["left-index", *tables])
