"""多段正文: a multipart/form-data content (RFC 7578) into its form and files. What is cut off is refused, never half taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.http import parse_header_parameters
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Invalid, Refused

FORM_FIELD = "xml_submission_file"
_MAX_PARTS = 1000
_MAX_BOUNDARY = 200


@dataclass(slots=True)
class Post:
    """A post: the form's XML, and the other files by their names."""

    form: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)


def read_post(content: bytes, content_type: str) -> Post:
    """The form and the files of a post.

    Raises `Invalid` for what is no multipart, is cut off, or has a part without a name; `Refused` for two contents of one name.
    """
    post, forms = Post(), list[bytes]()
    for part in _parts(content, _boundary(content_type)):
        name, filename, file = _part(part)
        if name == FORM_FIELD:
            forms.append(file)
        elif filename and post.files.setdefault(filename, file) != file:
            raise _two_contents(filename)
    if not forms:
        raise Invalid("openrosa.no_form", _("There is no part xml_submission_file: the form is missing."))
    if len(set(forms)) > 1:
        raise _two_contents(FORM_FIELD)
    post.form = forms[0]
    return post


def _boundary(content_type: str) -> bytes:
    kind, parameters = parse_header_parameters(content_type)
    boundary = parameters.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= _MAX_BOUNDARY or not boundary.isascii():
        raise Invalid("openrosa.no_multipart", _("This is no multipart/form-data with a boundary."))
    return boundary.encode()


def _parts(content: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the delimiters, each part with its head."""
    before, *pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)
    end = next((at for at, piece in enumerate(pieces) if piece.startswith(b"--")), None)
    if end is None or before.strip() or not 0 < end <= _MAX_PARTS:
        raise Invalid(
            "openrosa.cut_off", _("What came is cut off: nothing of it was taken. Send it again, whole.")
        )
    return pieces[:end]


def _part(part: bytes) -> tuple[str, str, bytes]:
    """The field's name, the file's name, and the content."""
    head, separator, content = part.lstrip(b" \t").partition(b"\r\n\r\n")
    try:
        lines = head.decode().split("\r\n")
    except UnicodeDecodeError:
        lines = []
    found = {
        key.strip().lower(): value.strip() for key, _colon, value in (line.partition(":") for line in lines)
    }
    kind, parameters = parse_header_parameters(found.get("content-disposition", ""))
    if not separator or kind != "form-data" or "name" not in parameters:
        raise Invalid(
            "openrosa.part", _("A part of what came has no name or no end: nothing of it was taken.")
        )
    return parameters["name"], parameters.get("filename", ""), content


def _two_contents(name: str) -> Refused:
    return Refused("openrosa.two_contents", _("%(name)s stands in one post with two contents."), name=name)
