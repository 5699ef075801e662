"""Makes the clients of AWS services, once per cold start. No other module makes any."""

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

# By default the SDK builds its user agent twice per call, and validates parameters that mypy has checked already: a
# quarter of a call's processor time.
BASE_CONFIG = Config(user_agent=f"Safelight Botocore/{botocore.__version__}", parameter_validation=False)
# Not every store knows S3's optional checksums. Calls that require a checksum still get one.
OTHER_STORES = Config(request_checksum_calculation="when_required", response_checksum_validation="when_required")
# Short time-outs for Rekognition, because a photo is ready without labels. Drawing PostScript is slow, and a file that
# fails does so each time, so it is not retried.
SERVICE_CONFIGS = {
    "rekognition": Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}),
    "lambda": Config(read_timeout=60, retries={"total_max_attempts": 1}),
}


@cache
def metrics() -> Metrics:
    """Return the metrics of the event that the thread processes."""
    return Metrics(settings.stack())


@cache
def client(service: str) -> Any:
    """Return the client of an AWS service, such as `s3`, or of the store that takes its place."""
    store = settings.store() if service == "s3" else None
    # A custom endpoint has one host for all buckets.
    addressing = "path" if store or settings.has_own_endpoint() else "virtual"
    s3: Any = {"addressing_style": addressing, "us_east_1_regional_endpoint": "regional"}
    if settings.has_own_endpoint() and not store:
        # Over TLS the SDK does not sign payloads by default; the connection to the embedded AWS is local and as safe.
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
    # Without this the SDK sends `Expect: 100-continue`, which costs a round trip for each small rendition.
    made.meta.events.unregister("before-call.s3", add_expect_header)
    return instrument(made, metrics)


@cache
def _session() -> Session:
    # botocore's session, because boto3's resources and transfers are not used and take a tenth of a cold start.
    botocore_tls.share_tls_context()
    session = Session()
    session.register_component("data_loader", botocore_models.loader())
    return session


def _endpoint_options(store: settings.Store | None) -> dict[str, Any]:
    """Return the endpoint, region and keys of a store; nothing for AWS, where the SDK finds them itself."""
    if not store:
        return {}
    return {
        "endpoint_url": store.endpoint,
        "region_name": store.region,
        "aws_access_key_id": store.access_key,
        "aws_secret_access_key": store.secret_key,
    }
