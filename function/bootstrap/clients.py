"""The clients of AWS: the sole place that makes them, once per cold start."""

from functools import cache
from typing import Any

from function.bootstrap.cold_start import without_gc

with without_gc():
    import botocore
    from botocore.config import Config
    from botocore.handlers import add_expect_header
    from botocore.session import Session

    from function.bootstrap import botocore_models, botocore_tls
    from function.settings import settings
    from function.telemetry.instrument import instrument
    from function.telemetry.metrics import Metrics

# The SDK would put its own name together twice for each call, and check what mypy has checked by the types of its
# calls: a quarter of what a call costs the processor.
BASE_CONFIG = Config(user_agent=f"Safelight Botocore/{botocore.__version__}", parameter_validation=False)
# Checksums that S3 takes with every call are not known to every store: what needs one still gets it.
OTHER_STORES = Config(request_checksum_calculation="when_required", response_checksum_validation="when_required")
# What a photo is ready without is not waited for long. A drawing takes its time, and one that is broken does so each
# time: it is tried once.
SERVICE_CONFIGS = {
    "rekognition": Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}),
    "lambda": Config(read_timeout=60, retries={"total_max_attempts": 1}),
}


@cache
def metrics() -> Metrics:
    """The figures of the change in hand."""
    return Metrics(settings.stack())


@cache
def client(service: str) -> Any:
    """The client of one of AWS's services, such as s3, or of what takes its place."""
    store = settings.store() if service == "s3" else None
    # An endpoint of one's own has one host for all buckets.
    addressing = "path" if store or settings.has_own_endpoint() else "virtual"
    s3: Any = {"addressing_style": addressing, "us_east_1_regional_endpoint": "regional"}
    if settings.has_own_endpoint() and not store:
        # Over TLS the SDK trusts an object's checksum by itself; on the way to the embedded AWS nobody could alter it.
        s3["payload_signing_enabled"] = False
    config = BASE_CONFIG.merge(
        Config(
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 5},
            signature_version="s3v4" if service == "s3" else None,
            s3=s3,
        )
    )
    if store:
        config = config.merge(OTHER_STORES)
    config = config.merge(SERVICE_CONFIGS.get(service, Config()))
    made = _session().create_client(service, config=config, **_endpoint_options(store))
    # The SDK asks S3 ahead of each upload whether it would take it: a way there and back for each small rendition.
    made.meta.events.unregister("before-call.s3", add_expect_header)
    return instrument(made, metrics)


@cache
def _session() -> Session:
    # What boto3 puts around it, for files and for whole resources, is not used here, and takes a tenth of a cold start.
    botocore_tls.share_tls_context()
    session = Session()
    session.register_component("data_loader", botocore_models.loader())
    return session


def _endpoint_options(store: settings.Store | None) -> dict[str, Any]:
    """Where a client finds its service, and by which keys; what is not said is what the SDK finds by itself."""
    if not store:
        return {}
    return {
        "endpoint_url": store.endpoint,
        "region_name": store.region,
        "aws_access_key_id": store.access_key,
        "aws_secret_access_key": store.secret_key,
    }
