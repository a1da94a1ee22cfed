"""Who is not logged in sends little: what is larger is refused before anything reads it, be it for a form's key."""

from collections.abc import Callable

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

MOST_BYTES = 64 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Say whether more is announced than somebody without an account may send. What is not announced is not read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced) > MOST_BYTES


def refusal() -> HttpResponse:
    """Return the answer to what is too large: no page, for no form of the house comes near."""
    return HttpResponse(status=413, headers={"Connection": "close", "Cache-Control": "private, no-store"})


class NoFiles(FileUploadHandler):
    """Takes no file: what is sent as one is passed over."""

    def new_file(self, *_args, **_kwargs) -> None:
        """Pass the file over."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> None:
        """Return no file."""


class SmallFromOutsideMiddleware:
    """Refuses large bodies of whoever is not logged in; asks who it is only where one is large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_too_large(request) and not request.user.is_authenticated:
            return refusal()
        return self.get_response(request)
