"""The routes of the gallery's files, which are public."""

from urllib.parse import urlsplit

from function.bootstrap import api
from function.handlers.http import response
from function.handlers.http.request import Request
from function.handlers.http.response import Response
from function.handlers.routes.models import GalleryConfig
from function.index import postings
from function.service import gallery_files
from function.service.browse.query import LARGEST_LIMIT
from function.service.edit.annotate import LONGEST_ALBUM, LONGEST_CAPTION
from function.settings.settings import ApiSettings

CONFIG = "config.json"
# In photos of a page, and in characters: the gallery keeps to them, so that it is not refused.
LIMITS = {"page": LARGEST_LIMIT, "caption": LONGEST_CAPTION, "album": LONGEST_ALBUM}


def index_page(request: Request) -> Response:
    """Gives the gallery's page."""
    return _file("index.html", request)


def file(request: Request) -> Response:
    """Gives a file of the gallery; `config.json` has its configuration."""
    path = request.path["path"]
    return response.json(_config()) if path == CONFIG else _file(path, request)


def _config() -> GalleryConfig:
    return GalleryConfig(api.settings().sign_in, tuple(postings.FACETS), LIMITS)


def _file(path: str, request: Request) -> Response:
    headers = {"content-security-policy": content_security_policy(api.settings())}
    return response.file(gallery_files.file(path), headers, request.headers)


def content_security_policy(settings: ApiSettings) -> str:
    """Return the policy of the page: scripts of its own, pictures from the renditions bucket, one sign-in service."""
    sign_in = settings.sign_in.get("endpoint") or settings.sign_in.get("issuer", "")
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self' {settings.renditions_origin} data: blob:; connect-src 'self' {_origin(sign_in)}; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
