"""Declares the container image of all functions: built here, pushed to the stack's repository, named by its digest."""

import json

import pulumi
import pulumi_aws as aws
import pulumi_docker_build as docker_build

from image import gallery
from infra.settings import Settings

# Relative to the project's folder, where Pulumi runs its providers: absolute paths would rebuild in each checkout.
CONTEXT, DOCKERFILE = ".", "./Dockerfile"
PLATFORMS = {"arm64": docker_build.Platform.LINUX_ARM64, "x86_64": docker_build.Platform.LINUX_AMD64}
KEEP_IMAGES = 5


class Image(pulumi.ComponentResource):
    """The repository with its image, or an existing image from the settings; `uri` is the image's URI for Lambda."""

    def __init__(self, name: str, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("safelight:image:Image", name, None, opts)
        self.uri = pulumi.Output.from_input(settings.image_uri) if settings.image_uri else self._build(name, settings)
        self.register_outputs({"uri": self.uri})

    def _build(self, name: str, settings: Settings) -> pulumi.Output[str]:
        child_opts = pulumi.ResourceOptions(parent=self)
        _build_gallery()
        repository = aws.ecr.Repository(
            name,
            force_delete=True,  # the next `pulumi up` builds its images again
            image_scanning_configuration={"scan_on_push": True},
            encryption_configurations=[{"encryption_type": "AES256"}],
            opts=child_opts,
        )
        aws.ecr.LifecyclePolicy(
            f"{name}-pruning", repository=repository.name, policy=_lifecycle_policy(), opts=child_opts
        )
        # Lambda refuses a manifest with a provenance attestation. The provider's own builder adds none;
        # with `exec` the machine's buildx would build, and add one.
        build = docker_build.Image(
            f"{name}-build",
            context={"location": CONTEXT},
            dockerfile={"location": DOCKERFILE},
            build_args={"GHOSTSCRIPT": "with"} if settings.postscript else None,
            platforms=[PLATFORMS[settings.architecture]],
            tags=[pulumi.Output.concat(repository.repository_url, ":latest")],
            registries=[_login(repository)],
            push=True,
            build_on_preview=False,
            opts=child_opts,
        )
        return pulumi.Output.concat(repository.repository_url, "@", build.digest)


def _build_gallery() -> None:
    """Build the gallery, which the Dockerfile copies. Raises RunError, of which Pulumi shows the message alone."""
    try:
        gallery.build()
    except gallery.GalleryError as error:
        raise pulumi.RunError(str(error)) from None


def _login(repository: aws.ecr.Repository) -> docker_build.RegistryArgs:
    token = aws.ecr.get_authorization_token_output(registry_id=repository.registry_id)
    return docker_build.RegistryArgs(
        address=repository.repository_url,
        username=token.user_name,
        password=pulumi.Output.secret(token.password),
    )


def _lifecycle_policy() -> str:
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": KEEP_IMAGES}
    return json.dumps({"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]})
