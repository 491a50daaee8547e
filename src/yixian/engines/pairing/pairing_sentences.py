"""一句话: explanations, shortages and remedies in a sentence a villager can read, in Chinese and English.

Whoever knows better names than ids hands them in as ``names``. Costs are metres unless ``unit`` is "" (plain cost).
"""

from __future__ import annotations

from collections.abc import Mapping

from yixian.domain.areas import CODE_LENGTH, AreaLevel
from yixian.engines.pairing.county import CADRE, MEMBER
from yixian.engines.pairing.explaining import Counterfactual, Explanation
from yixian.engines.pairing.shortage_remedies import PLACES
from yixian.engines.pairing.solution import HELPER, HOUSEHOLD, Solution
from yixian.lazy_imports import pa

ZH, EN = "zh", "en"
LANGUAGES = (ZH, EN)

_PEOPLE = {
    CADRE: {ZH: "干部", EN: ("cadre", "cadres")},
    MEMBER: {ZH: "党员", EN: ("party member", "party members")},
}
_SAY = {
    "present": {ZH: "现在由{present}包您家。", EN: "{present} stands beside you."},
    "several": {ZH: "现在由{present}包您家。", EN: "{present} stand beside you."},
    "nobody": {ZH: "现在还没有人包您家。", EN: "Nobody stands beside you yet."},
    "no_other": {ZH: "再没有别人可以包您家。", EN: "Nobody else may stand beside you."},
    "not_eligible": {
        ZH: "{who}不在可以包您家的人之列。",
        EN: "{who} is not among those who may stand beside you.",
    },
    "impossible": {
        ZH: "{who}没有名额给您家这样的户。",
        EN: "{who} has no place for a household like yours.",
    },
    "already": {ZH: "{who}已经包着您家。", EN: "{who} stands beside you already."},
    "tie": {
        ZH: "换成{who}也一样好：不分高下，由公布的种子抽定。",
        EN: "{who} would be just as good: a tie, settled by the published seed.",
    },
    "change": {
        ZH: "{who}{where}；换成{who}，{effects}。",
        EN: "{who} is {where}; giving you {who} would {effects}.",
    },
}
_NEARER = {ZH: "更近", EN: "nearer"}
_AS_NEAR = {ZH: "一样近", EN: "just as near"}
_FARTHER = {ZH: "更远", EN: "farther away"}
_BUT_FULL = {ZH: "，但已满额", EN: " but full"}
_AND_FULL = {ZH: "，也已满额", EN: " and full"}
_ELIGIBLE = {ZH: "可以包您家", EN: "eligible"}


def describe_explanation(
    explanation: Explanation, lang: str, *, names: Mapping[str, str] | None = None, unit: str = "m"
) -> str:
    """Who stands beside the household, and a sentence for each alternative. ``lang`` is ``zh`` or ``en``."""
    names = names or {}
    present = [names.get(pair.helper_id, pair.helper_id) for pair in explanation.present]
    key = ("nobody", "present")[len(present)] if len(present) < 2 else "several"
    sentences = [_SAY[key][lang].format(present=("、" if lang == ZH else " and ").join(present))]
    held = {pair.helper_id for pair in explanation.present}
    for each in explanation.alternatives:
        who = names.get(each.helper_id, each.helper_id)
        sentences.append(
            _alternative(each, who, lang, unit, served=bool(present), held=each.helper_id in held)
        )
    if not explanation.alternatives:
        sentences.append(_SAY["no_other"][lang])
    return ("" if lang == ZH else " ").join(sentences)


def _alternative(each: Counterfactual, who: str, lang: str, unit: str, *, served: bool, held: bool) -> str:
    if held:
        key = "already"
    elif not each.eligible:
        key = "not_eligible"
    elif not each.possible:
        key = "impossible"
    elif each.tie:
        key = "tie"
    else:
        key = "change"
    where, effects = _where(each, lang, served=served), _effects(each, lang, unit)
    return _SAY[key][lang].format(who=who, where=where, effects=effects)


def _where(each: Counterfactual, lang: str, *, served: bool) -> str:
    if not served:
        return _ELIGIBLE[lang] + ("" if each.has_room else _BUT_FULL[lang])
    if each.nearer_by > 0:
        return _NEARER[lang] + ("" if each.has_room else _BUT_FULL[lang])
    near = _AS_NEAR if each.nearer_by == 0 else _FARTHER
    return near[lang] + ("" if each.has_room else _AND_FULL[lang])


def _effects(each: Counterfactual, lang: str, unit: str) -> str:
    """What would change, joined: who goes without, who moves, the ways, the evenness of the load."""
    effects, distance, zh = [], each.added_distance, lang == ZH
    losing = sum(not move.to_helper for move in each.moves)
    moving = each.others_moved - losing
    if losing:
        effects.append(
            f"会让另外{losing}户没有人包"
            if zh
            else f"leave {_count(losing, 'other household', 'other households')} without"
        )
    if moving:
        effects.append(
            f"要调动另外{moving}户" if zh else f"move {_count(moving, 'other household', 'other households')}"
        )
    if distance:
        size = _size(abs(distance), lang, unit)
        more, less = (
            ("总共多走", "总共少走") if zh and unit else ("总代价多", "总代价少") if zh else ("add ", "save ")
        )
        effects.append((more if distance > 0 else less) + size)
    if each.added_cost > distance:
        effects.append("各人的负担更不均匀" if zh else "spread the load less evenly")
    if not effects:
        effects.append("只是换掉您家熟悉的人" if zh else "only take from you the one you know")
    return "，".join(effects) if zh else _listed(effects)


def _size(cost: int, lang: str, unit: str) -> str:
    if not unit:
        return f"{cost}" if lang == ZH else f"{cost} to the cost"
    if cost < 100:
        return f"{cost}米" if lang == ZH else f"{cost} m"
    return f"{cost / 1000:.1f}公里" if lang == ZH else f"{cost / 1000:.1f} km"


def shortage_sentences(
    solution: Solution, households: pa.Table, helpers: pa.Table, lang: str
) -> dict[str, str]:
    """Per shortage, in a sentence, who can be served only by whom and how many places are short."""
    village = dict(zip(_texts(households, "household_id"), _texts(households, "area_code"), strict=True))
    body = dict(zip(_texts(helpers, "helper_id"), _texts(helpers, "body"), strict=True))
    places = dict(zip(_texts(helpers, "helper_id"), _texts(helpers, "places"), strict=True))
    members: dict[str, dict[str, list[str]]] = {}
    for row in solution.shortage_members.to_pylist():
        members.setdefault(row["shortage_id"], {HOUSEHOLD: [], HELPER: []})[row["kind"]].append(row["id"])
    sentences = {}
    for row in solution.shortages.to_pylist():
        own = members[row["shortage_id"]]
        villages = {village[name][: CODE_LENGTH[AreaLevel.VILLAGE]] for name in own[HOUSEHOLD]}
        figures = row | {
            "villages": len(villages),
            "bodies": len({body[name] for name in own[HELPER]}),
            "all": sum(int(places[name]) for name in own[HELPER]),
        }
        sentences[row["shortage_id"]] = _shortage_zh(figures) if lang == ZH else _shortage_en(figures)
    return sentences


def _shortage_zh(row: Mapping[str, int | str]) -> str:
    people = _PEOPLE[str(row["role"])][ZH]
    where = f"{row['villages']}个村的{row['households']}户"
    if row["demand"] != row["households"]:
        where += f"（共要{row['demand']}名{people}）"
    if not row["helpers"]:
        return f"{where}没有一名{people}可以包：缺{row['short']}。"
    of = f"{row['bodies']}个单位的这{row['helpers']}名{people}"
    many = f"{row['places']}个名额"
    if row["all"] != row["places"]:
        many = f"收这样的户的{many}（全部名额{row['all']}个）"
    return f"{where}只有{of}可以包，他们只有{many}：缺{row['short']}。"


def _shortage_en(row: Mapping[str, int | str]) -> str:
    people = _PEOPLE[str(row["role"])][EN]
    where = f"{_count(row['households'], 'household', 'households')} in {_count(row['villages'], 'village', 'villages')}"
    if row["demand"] != row["households"]:
        where += f", asking for {_count(row['demand'], *people)},"
    if not row["helpers"]:
        return f"{where} can be served by no {people[0]} at all: short {row['short']}."
    one = row["helpers"] == 1
    of = _count(row["bodies"], "department", "departments")
    many = _count(row["places"], "place", "places")
    if row["all"] != row["places"]:
        many += f" for such households ({row['all']} in all)"
    return (
        f"{where} can be served only by {'this' if one else 'these'} {_count(row['helpers'], *people)} of {of}, "
        f"who {'has' if one else 'have'} {many}: short {row['short']}."
    )


def remedy_sentences(table: pa.Table, lang: str) -> list[str]:
    """A sentence for each row of `remedies`, in their order."""
    return [_remedy_zh(row) if lang == ZH else _remedy_en(row) for row in table.to_pylist()]


def _remedy_zh(row: Mapping[str, int | str]) -> str:
    people = _PEOPLE[str(row["role"])][ZH]
    if row["remedy"] == PLACES:
        what = f"给其中{row['helpers']}名{people}共加{row['added_places']}个名额"
    else:
        what = f"“{row['remedy']}”（{row['helpers']}名{people}，{row['pairs']}对）"
    moved = f"，另调动{row['moved']}户" if row["moved"] else ""
    return f"{what}：多包{row['households']}户{moved}，还缺{row['unserved_after']}。"


def _remedy_en(row: Mapping[str, int | str]) -> str:
    people = _PEOPLE[str(row["role"])][EN]
    if row["remedy"] == PLACES:
        places = _count(row["added_places"], "more place", "more places")
        what = f"{places} for {_count(row['helpers'], *people)} of them"
    else:
        what = (
            f"“{row['remedy']}” ({_count(row['helpers'], *people)}, {_count(row['pairs'], 'pair', 'pairs')})"
        )
    moved = f", moving {_count(row['moved'], 'other', 'others')}" if row["moved"] else ""
    served = _count(row["households"], "household", "households")
    return f"{what}: {served} more served{moved}, still short {row['unserved_after']}."


def _texts(table: pa.Table, column: str) -> list[str]:
    texts: list[str] = table[column].cast(pa.string()).to_pylist()
    return texts


def _count(number: int | str, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
