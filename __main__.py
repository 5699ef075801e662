"""Safelight's stack: settings -> components -> exports. Run by `pulumi up`, and by `make run` on this machine."""

import pulumi

from infra.alarms import DEAD_LETTERS, FUNCTION, HTTP_API, QUEUE, MonitoredResource
from infra.api import Api
from infra.events import Events
from infra.failures import Failures
from infra.image import Image
from infra.index import Index
from infra.intake import IngestQueue
from infra.labelling import Labelling
from infra.monitoring import Monitoring
from infra.postscript import Postscript
from infra.settings import load_or_end
from infra.sign_in import sign_in
from infra.storage import Storage
from infra.upkeep import Upkeep
from infra.version import VERSION
from infra.worker import Worker, WorkerDependencies

settings = load_or_end()
name = f"{pulumi.get_project()}-{pulumi.get_stack()}"

storage = Storage(name, settings)
index = Index(f"{name}-index", settings)
events = Events(f"{name}-events")
intake = IngestQueue(f"{name}-intake", settings, storage.originals)
image = Image(f"{name}-functions", settings)
postscript = Postscript(f"{name}-postscript", settings, image) if settings.postscript else None
dependencies = WorkerDependencies(storage, index, events, postscript)
worker = Worker(f"{name}-worker", settings, image, intake, dependencies)
upkeep = Upkeep(f"{name}-upkeep", settings, storage, intake)
if settings.rekognition:
    Labelling(f"{name}-labelling", index, intake)
failures = Failures(f"{name}-failures", settings, image, intake, dependencies)
identity_provider = sign_in(f"{name}-users", settings)
api = Api(f"{name}-api", settings, image, storage=storage, index=index, intake=intake, sign_in=identity_provider)
monitoring = Monitoring(
    f"{name}-monitoring",
    settings,
    (
        MonitoredResource("intake", QUEUE, intake.queue.name),
        MonitoredResource("dead-letters", DEAD_LETTERS, intake.dead_letters.name),
        MonitoredResource("worker", FUNCTION, worker.function.name),
        MonitoredResource("failures", FUNCTION, failures.function.name),
        MonitoredResource("api", FUNCTION, api.function.name),
        MonitoredResource("http", HTTP_API, api.api.id),
        *((MonitoredResource("postscript", FUNCTION, postscript.function.name),) if postscript else ()),
    ),
)

pulumi.export("gallery", api.endpoint)
pulumi.export("originals_bucket", storage.originals.name)
pulumi.export("renditions_bucket", storage.renditions.name)
pulumi.export("index_table", index.table.name)
pulumi.export("events_topic", events.topic.arn)
pulumi.export("alarms_topic", monitoring.topic.arn)
pulumi.export("dead_letters_queue", intake.dead_letters.url)
pulumi.export("upkeep", upkeep.machine.arn)
pulumi.export("user_pool", identity_provider.user_pool_id)
pulumi.export("version", VERSION)
