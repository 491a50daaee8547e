"""静态文件: the storage that names static files by their content, and remembers each name it has given."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Manifest storage with its addresses memoised: a page names some sixty files, and each costs a look through the
    manifest. The manifest is read at the start and does not change while the process runs."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        """The address of a file."""
        if force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]
