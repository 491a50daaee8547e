"""政策文库: the documents of the packs that are or were adopted, and what each is on a day. Open to everybody."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Clause, Document, Pack, Period
from yixian.domain.policy.documents import DRAFT
from yixian.domain.policy.legal_status import Force, LegalStatus, force_on
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.policies.models import PackAdoption, PackClause, PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.models import Area

_ORDER = (LegalStatus.IN_FORCE, LegalStatus.DRAFT, LegalStatus.LATER, LegalStatus.ENDED)


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """一版: a document as one adopted pack version holds it, and in which period that version was adopted where."""

    pack_version_id: int
    pack_id: str
    version: str
    document: Document
    adopted: Period
    area_zh: str
    area_en: str
    by_document: str

    def area(self, lang: str) -> str:
        """Where it was adopted."""
        return self.area_en or self.area_zh if lang == "en" else self.area_zh


@dataclass(frozen=True, slots=True)
class Shelved:
    """架上文件: a document in the edition that counts on a day, with its force on that day and all its editions."""

    document_version: DocumentVersion
    force: Force
    document_versions: tuple[DocumentVersion, ...]

    @property
    def document(self) -> Document:
        """The document."""
        return self.document_version.document

    @property
    def pack(self) -> Pack:
        """The pack that holds it."""
        return read_pack(self.document_version.pack_version_id)

    @property
    def key(self) -> tuple[str, str]:
        """Pack and document: what its public address is made of."""
        return self.document_version.pack_id, self.document.id


@dataclass(frozen=True, slots=True)
class ShelvedClause:
    """架上条款: a clause of a shelved document."""

    row_id: int
    shelved: Shelved
    clause: Clause


def documents_on(on: date) -> list[Shelved]:
    """Every document of the library as it stands on a day: in force first, then drafts, later ones, ended ones."""
    document_versions = _document_versions()
    shelved = [_shelved(rows, on) for rows in document_versions.values()]
    return sorted(shelved, key=lambda row: _ORDER.index(row.force.status))


def document_on(pack_id: str, document_id: str, on: date, version: str = "") -> Shelved:
    """One document; with ``version``, in the words of that version of the pack. Raises `NotFound`."""
    rows = _document_versions().get((pack_id, document_id), [])
    if not rows:
        raise NotFound("library.not_found", _("There is no such document in the library."))
    shelved = _shelved(rows, on)
    if not version:
        return shelved
    for document_version in reversed(rows):
        if document_version.version == version:
            return replace(shelved, document_version=document_version)
    raise NotFound("library.not_found", _("There is no such document in the library."))


def clauses_of(shelved: Iterable[Shelved]) -> dict[int, ShelvedClause]:
    """The clauses of these documents, by the id of their row."""
    by_place = {(row.document_version.pack_version_id, row.document.id): row for row in shelved}
    found = {}
    for pk, pack_version_id, document_id, clause in _clauses({place[0] for place in by_place}):
        document = by_place.get((pack_version_id, document_id))
        if document is not None:
            found[pk] = ShelvedClause(pk, document, document.document.clauses[clause])
    return found


@prepared
def _clauses(pack_version_ids: Collection[int]) -> QuerySet[PackClause, tuple[int, int, str, str]]:
    rows = PackClause.objects.filter(one_of("pack_version_id", pack_version_ids)).order_by("pk")
    return rows.values_list("pk", "pack_version_id", "document", "clause")


def superseding(shelved: Shelved, on: date) -> list[Shelved]:
    """The chain after a document: the one that supersedes it, the one that supersedes that, and so on."""
    chain: list[Shelved] = []
    seen = {shelved.document.id}
    following = shelved.document.superseded_by
    while following and following not in seen:
        seen.add(following)
        try:
            chain.append(document_on(shelved.document_version.pack_id, following, on))
        except NotFound:
            break
        following = chain[-1].document.superseded_by
    return chain


def superseded(shelved: Shelved, on: date) -> list[Shelved]:
    """The documents that this one supersedes, directly or through others, the nearest first."""
    found: list[Shelved] = []
    wanted = [shelved.document.id]
    rows = [
        row for row in documents_on(on) if row.document_version.pack_id == shelved.document_version.pack_id
    ]
    while wanted:
        before = [
            row
            for row in rows
            if row.document.superseded_by in wanted and row not in found and row.key != shelved.key
        ]
        found += before
        wanted = [row.document.id for row in before]
    return found


def _shelved(rows: list[DocumentVersion], on: date) -> Shelved:
    force = force_on(on, ((row.document, row.adopted) for row in rows))
    return Shelved(_version_of(rows, on), force, tuple(rows))


def _version_of(rows: list[DocumentVersion], on: date) -> DocumentVersion:
    """The edition adopted on the day; else the last one before it; else the first one after it."""
    holding = [row for row in rows if row.adopted.holds(on)]
    before = [row for row in rows if row.adopted.begin <= on]
    return (holding or before or rows[:1])[-1]


@memoised(PackAdoption, PackVersion, Area)
def _document_versions() -> Mapping[tuple[str, str], list[DocumentVersion]]:
    """The editions of every document by pack and document id, in the order in which they were adopted."""
    rows = PackAdoption.objects.filter(approved_by__isnull=False).exclude(valid_until=F("valid_from"))
    rows = rows.select_related("pack_version", "area")
    found: dict[tuple[str, str], list[DocumentVersion]] = {}
    for row in rows.defer("pack_version__content").order_by("valid_from", "pk"):
        version = row.pack_version
        for document in _documents(read_pack(version.pk)):
            document_version = DocumentVersion(
                version.pk,
                version.pack_id,
                version.version,
                document,
                Period(row.valid_from, row.valid_until),
                row.area.name,
                row.area.name_en,
                row.document,
            )
            found.setdefault((version.pack_id, document.id), []).append(document_version)
    return found


@functools.lru_cache(maxsize=64)
def _documents(pack: Pack) -> tuple[Document, ...]:
    """The documents of a pack; those of a draft pack are drafts, whatever they say themselves."""
    if pack.is_draft:
        return tuple(replace(document, status=DRAFT) for document in pack.documents.values())
    return tuple(pack.documents.values())
