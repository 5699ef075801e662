"""Declares the index: one DynamoDB table with all items of the library."""

import pulumi
import pulumi_aws as aws

from function.contract.table import EXPIRES, PARTITION, SHELF, SHELF_ORDER, SHELVES, SORT
from infra.settings import Settings


class Index(pulumi.ComponentResource):
    """The table, billed per request, with point-in-time recovery and the secondary index that sorts the shelves."""

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:index:Index", name, None, opts)
        keys = (PARTITION, SORT, SHELF, SHELF_ORDER)
        self.table = aws.dynamodb.Table(
            name,
            name=settings.adopt_index,
            billing_mode="PAY_PER_REQUEST",
            hash_key=PARTITION,
            range_key=SORT,
            attributes=[{"name": key, "type": "S"} for key in keys],
            global_secondary_indexes=[
                {
                    "name": SHELVES,
                    "hash_key": SHELF,
                    "range_key": SHELF_ORDER,
                    "projection_type": "ALL",
                }
            ],
            ttl={"attribute_name": EXPIRES, "enabled": True},
            point_in_time_recovery={"enabled": True},
            server_side_encryption={"enabled": True},
            deletion_protection_enabled=settings.deletion_protected,
            # Pulumi's `protect` does not cover a table that an adopted one replaces: so it is left in the account.
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=settings.protected,
                retain_on_delete=settings.protected,
                import_=settings.adopt_index,
            ),
        )
        self.shelves_arn = self.table.arn.apply(lambda arn: f"{arn}/index/{SHELVES}")
        self.register_outputs({"table": self.table.name})
