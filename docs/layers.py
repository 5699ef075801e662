"""Lists the layers of the code: each package, its purpose, its allowed imports. `make docs` prints them into a page."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).with_name("architecture.md")
BEGIN, END = "<!-- layers, by `make docs` -->", "<!-- end of the layers -->"


@dataclass(frozen=True)
class Layer:
    """A package or module: its purpose, and the packages that it may import. It may always import itself."""

    name: str
    purpose: str
    imports: tuple[str, ...] = ()


def _function(*names: str) -> tuple[str, ...]:
    return tuple(f"function.{name}" for name in names)


VALUES = _function("values", "contract", "errors")
# From the top down: a layer never imports one above it.
LAYERS = (
    Layer("local", "runs the declared stack on this machine", ("function", "infra", "image.gallery")),
    Layer("bench", "measures Safelight beside its peers", ("function", "infra", "local", "tests.support")),
    Layer("image", "builds and measures the functions' image", ("function", "infra", "local")),
    Layer("docs", "writes the pages that follow from the code", ("function", "infra", "local", "image")),
    Layer(
        "cost",
        "estimates what a library costs, from the stack's own counts and a price list",
        ("infra", "function.contract"),
    ),
    Layer("__main__", "the Pulumi program: settings, components, outputs", ("infra",)),
    Layer(
        "infra",
        "one component per noun; `settings.py` alone reads the configuration, `policies.py` alone writes permissions",
        ("function.contract", "image.gallery"),
    ),
    Layer("image.gallery", "builds the bundle of the gallery with Node.js"),
    Layer(
        "function.handlers",
        "one module per function: parses the event, calls a service, translates the result",
        (*_function("bootstrap", "service", "settings", "telemetry", "index", "postscript"), *VALUES),
    ),
    Layer(
        "function.bootstrap",
        "creates and connects all parts; the only place that creates AWS clients",
        (*_function("service", "aws", "ports", "sandbox", "settings", "telemetry"), *VALUES),
    ),
    Layer(
        "function.service",
        "the use cases, a folder per subject",
        (*_function("ports", "telemetry", "index", "files", "postscript"), *VALUES),
    ),
    Layer(
        "function.aws",
        "one adapter per AWS service, without decisions",
        (*_function("ports", "index", "files", "postscript"), *VALUES),
    ),
    Layer(
        "function.imaging", "from bytes to renditions, without AWS and keys", (*_function("sandbox", "files"), *VALUES)
    ),
    Layer(
        "function.metadata",
        "from bytes to what camera and owner wrote; the only importer of Exiv2",
        (*_function("sandbox", "files"), *VALUES),
    ),
    Layer("function.telemetry", "logs and metrics", (*_function("ports"), *VALUES)),
    Layer("function.ports", "the network's edges as protocols", (*_function("index", "postscript"), *VALUES)),
    Layer("function.sandbox", "runs the decoders in a process of their own", (*_function("files"), *VALUES)),
    Layer("function.postscript", "renders EPS with Ghostscript, in a function of its own", _function("files")),
    Layer("function.settings", "reads the functions' settings from the environment", _function("contract")),
    Layer("function.index", "pure rules from a photo to its keys", VALUES),
    Layer("function.files", "file structures: formats, TIFF, ISO boxes, seekable ranges", VALUES),
    Layer("function.errors", "each error with its state or its HTTP status", _function("values", "contract")),
    Layer("function.values", "frozen dataclasses", _function("contract")),
    Layer("function.contract", "what stack and functions agree on; the standard library alone"),
)


def table() -> str:
    """Return the layers as a table in Markdown."""
    rows = (f"| `{layer.name}` | {layer.purpose} | {_names(layer)} |\n" for layer in LAYERS)
    return "| package | purpose | may import |\n|---|---|---|\n" + "".join(rows)


def page() -> str:
    """Return the page with the table as it is now."""
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}{END}{after}"


def _names(layer: Layer) -> str:
    own = layer.name.rpartition(".")[0]
    return ", ".join(f"`{name.removeprefix(f'{own}.')}`" for name in layer.imports) or "nothing"


if __name__ == "__main__":
    PAGE.write_text(page())
