"""The function that draws PostScript: in a network without a way out, with a role that may do nothing."""

import pulumi
import pulumi_aws as aws

from function.contract import POSTSCRIPT_HANDLER
from infra import policies
from infra.function import Command, ImageFunction
from infra.image import Image
from infra.settings import Settings

# Drawing ends after twenty seconds; before that, the function starts.
MEMORY, TIMEOUT_SECONDS = 1024, 30
NETWORK, SUBNETS = "10.0.0.0/24", ("10.0.0.0/25", "10.0.0.128/25")
NO_LOCAL_ZONES = aws.GetAvailabilityZonesFilterArgs(name="opt-in-status", values=["opt-in-not-required"])
# Lambda runs no function in these zones' networks.
ZONES_WITHOUT_LAMBDA = ("use1-az3", "usw1-az2")


class Postscript(pulumi.ComponentResource):
    """The function and its network: no gateway, no endpoint, no route but its own, nothing let in or out.

    It runs as often at the same time as there are workers, who wait for it: no one else may call it.
    """

    def __init__(self, name: str, settings: Settings, image: Image, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:postscript:Postscript", name, None, opts)
        self._name, self._within = name, pulumi.ResourceOptions(parent=self)
        self.function = ImageFunction(
            name,
            settings,
            image.uri,
            Command(POSTSCRIPT_HANDLER, MEMORY, TIMEOUT_SECONDS),
            statements=pulumi.Output.from_input(policies.cut_off()),
            environment={},
            network=self._network,
            opts=self._within,
        ).function
        self.register_outputs({})

    def _network(self, permissions: pulumi.Resource) -> aws.lambda_.FunctionVpcConfigArgs:
        # By its role's permissions Lambda leaves the network after the function is deleted, and neither a subnet nor a
        # group can be deleted before: so these have to outlive them.
        within = pulumi.ResourceOptions(parent=self, depends_on=[permissions])
        network = aws.ec2.Vpc(
            f"{self._name}-network",
            cidr_block=NETWORK,
            enable_dns_support=False,  # a resolver would be a way out
            enable_dns_hostnames=False,
            opts=self._within,
        )
        zones = aws.get_availability_zones_output(
            state="available", filters=[NO_LOCAL_ZONES], exclude_zone_ids=ZONES_WITHOUT_LAMBDA
        ).names
        subnets = [
            aws.ec2.Subnet(
                f"{self._name}-subnet-{place}",
                vpc_id=network.id,
                cidr_block=block,
                availability_zone=zones[place],
                # A zone more in the region does not move the function.
                opts=pulumi.ResourceOptions.merge(within, pulumi.ResourceOptions(ignore_changes=["availabilityZone"])),
            )
            for place, block in enumerate(SUBNETS)
        ]
        nothing = aws.ec2.SecurityGroup(
            f"{self._name}-nothing",
            description="Nothing in, nothing out",
            vpc_id=network.id,
            ingress=[],
            egress=[],
            opts=within,
        )
        return aws.lambda_.FunctionVpcConfigArgs(
            subnet_ids=[subnet.id for subnet in subnets], security_group_ids=[nothing.id]
        )
