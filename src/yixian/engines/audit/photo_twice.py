"""一照两用: one photograph that stands for two lines, found byte for byte or by how it looks (near-duplicate detection)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from yixian.engines.audit.findings import PHOTO_TWICE, Findings, Question, Unchecked
from yixian.engines.audit.photograph_files import Photograph, PhotographFolder
from yixian.engines.audit.picture_hash import near_pairs

_NAMED = 3
"""Files that a question names at most."""


def check_photographs(folder: PhotographFolder) -> Findings:
    """Questions about photographs that are one, of which neither says that it belongs to the other's line."""
    same: dict[str, list[Photograph]] = defaultdict(list)
    for one in folder.photographs:
        same[one.digest].append(one)
    firsts = [group[0] for group in same.values() if group[0].looks is not None]
    alike: dict[str, set[str]] = defaultdict(set)
    for i, j in near_pairs([one.looks for one in firsts if one.looks is not None]):
        alike[firsts[i].digest].add(firsts[j].digest)
        alike[firsts[j].digest].add(firsts[i].digest)
    questions: dict[tuple[str, str], Question] = {}
    for one in folder.photographs:
        others = [other for other in same[one.digest] if _is_other(one, other, is_same=True)]
        others += [
            other
            for digest in sorted(alike[one.digest])
            for other in same[digest]
            if _is_other(one, other, is_same=False)
        ]
        if others and one.household_id:
            questions.setdefault((one.household_id, one.line_id), _question(one, others))
    return Findings(tuple(questions.values()), tuple(_unchecked(folder)))


def _is_other(one: Photograph, other: Photograph, *, is_same: bool) -> bool:
    """Whether it stands for something else: another household, another line; of one sheet, where no line is known, only
    the very same file is odd, because somebody may take two pictures of one thing.
    """
    if one.name == other.name:
        return False
    if one.household_id != other.household_id:
        return True
    if one.line_id and other.line_id:
        return one.line_id != other.line_id
    return is_same or one.instance != other.instance


def _question(one: Photograph, others: list[Photograph]) -> Question:
    listed = sorted({f"{other.name} ({other.line_id or other.household_id or '?'})" for other in others})
    more = len(listed) - _NAMED
    names = ", ".join(listed[:_NAMED])
    zh = f"照片 {one.name} 和 {names.replace(', ', '、')}"
    en = f"The photograph {one.name} is the same picture as {names}"
    if more > 0:
        zh += f" 等 {len(listed)} 张"
        en += f" and {more} more"
    zh += " 是同一张（也许缩放、重存或裁过边）：拍的是哪一样？"
    en += " (perhaps in another size or quality, or cropped): which thing does it show?"
    return Question(one.household_id, one.line_id, PHOTO_TWICE, zh, en)


def _unchecked(folder: PhotographFolder) -> Iterator[Unchecked]:
    if not folder.photographs:
        yield Unchecked(
            PHOTO_TWICE, "没有照片（JPEG、PNG、WebP）。", "There are no photographs (JPEG, PNG, WebP)."
        )
    if folder.unreadable:
        zh, en = _some(folder.unreadable)
        yield Unchecked(PHOTO_TWICE, f"打不开的照片：{zh}。", f"Photographs that cannot be opened: {en}.")
    if folder.of_nobody:
        zh, en = _some(folder.of_nobody)
        yield Unchecked(
            PHOTO_TWICE,
            f"看不出是哪一项、哪张表的照片：{zh}（文件名要以 line_id 或 instance 开头，或者写在 photographs 列）。",
            f"Photographs of which nothing says whose they are: {en} (a name begins with line_id or instance, or stands in "
            "the column photographs).",
        )
    plain = [one.name for one in folder.photographs if one.looks is None]
    if plain:
        zh, en = _some(tuple(plain))
        yield Unchecked(
            PHOTO_TWICE,
            f"几乎一片空白的照片，只按文件内容比过：{zh}。",
            f"Photographs on which hardly anything is to be seen were compared byte for byte only: {en}.",
        )


def _some(names: tuple[str, ...]) -> tuple[str, str]:
    shown = names[:10]
    if len(names) == len(shown):
        return "、".join(shown), ", ".join(shown)
    return f"{'、'.join(shown)} 等 {len(names)} 个", f"{', '.join(shown)} and {len(names) - len(shown)} more"
