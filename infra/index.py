"""The index: one DynamoDB table with all that is known about the photos."""

import pulumi
import pulumi_aws as aws

from function import contract
from infra.settings import Settings


class Index(pulumi.ComponentResource):
    """The table, paid by request, with point-in-time recovery, and the index that sorts its shelves."""

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:index:Index", name, None, opts)
        keys = (contract.PARTITION, contract.SORT, contract.SHELF, contract.SHELF_ORDER)
        self.table = aws.dynamodb.Table(
            name,
            name=settings.adopt_index,
            billing_mode="PAY_PER_REQUEST",
            hash_key=contract.PARTITION,
            range_key=contract.SORT,
            attributes=[{"name": key, "type": "S"} for key in keys],
            global_secondary_indexes=[
                {
                    "name": contract.SHELVES,
                    "hash_key": contract.SHELF,
                    "range_key": contract.SHELF_ORDER,
                    "projection_type": "ALL",
                }
            ],
            ttl={"attribute_name": contract.EXPIRES, "enabled": True},
            point_in_time_recovery={"enabled": True},
            server_side_encryption={"enabled": True},
            deletion_protection_enabled=settings.deletion_protected,
            # No protection of Pulumi's covers a table that gives way to an adopted one: it is left in the account.
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=settings.protected,
                retain_on_delete=settings.protected,
                import_=settings.adopt_index,
            ),
        )
        self.shelves_arn = self.table.arn.apply(lambda arn: f"{arn}/index/{contract.SHELVES}")
        self.register_outputs({"table": self.table.name})
