"""错误的话: what each fault of a pack is in words, Chinese and English, with the same blanks.

A sentence says what is wrong where the place points, and what to do. Blanks are filled by `fault_text`.
"""

from __future__ import annotations

from collections.abc import Mapping

from yixian.engines.entitlements.pack_note_texts import NOTES
from yixian.engines.entitlements.pack_rule_fault_texts import RULE_FAULTS
from yixian.engines.entitlements.pack_survey_fault_texts import SURVEY_FAULTS

Value = object | tuple[str, str]
"""What fills a blank: the same in both languages, or (Chinese, English)."""

WORDS: dict[str, tuple[str, str]] = {
    "citation.clause": (
        "{document} 里没有条款“{clause}”。",
        "{document} has no clause “{clause}”.",
    ),
    "citation.dates": (
        "{document} 并非这段时间都有效：把日期改到文件的有效期以内。",
        "{document} is not in force for all of this time; give it the document's dates or shorter ones.",
    ),
    "citation.document": (
        "documents.yaml 里没有文件“{document}”。",
        "There is no document “{document}” in documents.yaml.",
    ),
    "citation.draft": (
        "{document} 是未定稿，不能作依据：先定稿，或把整个政策包标为 draft。",
        "{document} is a draft, and nothing rests on a draft: decide it, or call the pack a draft.",
    ),
    "clause.twice": ("条款 {id} 在这里出现了两次。", "The clause {id} stands here twice."),
    "csv.cells": (
        "这一行有 {found} 格，应当是 {wanted} 格。",
        "This row has {found} cells, not {wanted}.",
    ),
    "csv.header": ("第一行必须是：{columns}", "The first line must be: {columns}"),
    "dates.order": ("结束日不晚于开始日。", "It ends before it begins."),
    "document.dates": ("失效日不晚于生效日。", "It ends before it begins."),
    "document.decided_on": (
        "文件已定稿：写明定稿日（decided_on）。",
        "It is decided: say on which day (decided_on).",
    ),
    "document.status": (
        "“status” 只能是 decided（已定）或 draft（未定）。",
        "“status” is decided or draft.",
    ),
    "document.superseded": ("没有文件 {document}。", "There is no document {document}."),
    "document.superseded_until": (
        "文件已被取代：写明从哪天起失效（until）。",
        "It is superseded: say from which day it is no longer in force (until).",
    ),
    "document.twice": ("文件 {id} 在这里出现了两次。", "The document {id} stands here twice."),
    "duty.gap": (
        "{day} 以前有几天没有包保规则：把日期接上。",
        "No rule holds for the days before {day}: close the gap.",
    ),
    "duty.list": (
        "包保规则要一条一条地列出来（每条前面一个“-”）。",
        "The rules stand in a list, each after a “-”.",
    ),
    "duty.overlap": ("{day} 有两条包保规则。", "Two rules hold on {day}."),
    "example.differs": (
        "{example}：{line} 应为 {expected}，算出来是 {got}。",
        "{example}: {line}: expected {expected}, got {got}.",
    ),
    "example.expects": (
        "算例要写明合计（total）或者问题（problem）。",
        "An example expects a total or a problem.",
    ),
    "example.fact": (
        "pack.yaml 没有声明“{name}”这个事实。",
        "pack.yaml declares no fact “{name}”.",
    ),
    "example.by_rule": (
        "{example}：{line} 按几条规则各有一行，要分规则写：{rules}。",
        "{example}: {line} has a line by each of several rules; give them one by one: {rules}.",
    ),
    "example.problem_and_sum": (
        "算例要么写金额，要么写问题：有问题的户没有金额。",
        "An example gives amounts or a problem, not both: a household with a problem has no amounts.",
    ),
    "example.twice": (
        "已经有一个算例叫“{name}”。",
        "There is an example called “{name}” already.",
    ),
    "example.problem": (
        "{example}：应出现问题 {expected}，实际是 {got}。",
        "{example}: expected the problem {expected}, got {got}.",
    ),
    "example.withheld": ("{example}：暂缓出账：{why}", "{example}: withheld: {why}"),
    "head.missing_category": (
        "类别 {name} 没有归入任何概算科目（pack.yaml 的 heads）。",
        "The category {name} stands under no budget head (“heads” in pack.yaml).",
    ),
    "head.missing_rule": (
        "规则 {name} 没有归入任何概算科目（pack.yaml 的 heads）。",
        "The rule {name} stands under no budget head (“heads” in pack.yaml).",
    ),
    "head.twice": ("{name} 归入了两个科目。", "{name} stands under two heads."),
    "head.unknown": (
        "“{name}”不是指标类别，也不是给钱的规则。",
        "“{name}” is no item category, or no rule that gives money.",
    ),
    "input.categories": (
        "只有指标的事实才有“categories”。",
        "Only an item's fact has “categories”.",
    ),
    "input.category": ("没有类别为 {category} 的指标。", "No item has the category {category}."),
    "input.kind": ("“kind”只能是 day（日期），或者不写。", "“kind” is day, or is left out."),
    "input.default": ("“{value}”不能是这个输入的值。", "“{value}” cannot be a value of this input."),
    "input.large": (
        "小数点前最多十二位数字。",
        "An input has at most twelve digits before the point.",
    ),
    "input.name": (
        "“{name}”不能作输入的名字：只用小写字母、数字和 _，且不能是公式里的词。",
        "“{name}” cannot name an input: small letters, digits and _, and no word of the formulas.",
    ),
    "input.range": ("“low”大于“high”。", "“low” is above “high”."),
    "input.twice": ("输入 {id} 在这里出现了两次。", "The input {id} stands here twice."),
    "item.missing": ("缺少“{name}”。", "“{name}” is missing."),
    "item.circle": (
        "指标 {code} 的上级绕回了它自己。",
        "What is above the item {code} leads back to it.",
    ),
    "item.reserved": (
        "“{code}”是全账合计的名字，指标不能用。",
        "“{code}” is the name of a sum of the whole account; no item may bear it.",
    ),
    "item.parent": ("没有指标 {code}。", "There is no item {code}."),
    "item.twice": ("指标 {id} 在这里出现了两次。", "The item {id} stands here twice."),
    "item.unit": ("单位“{unit}”不在这些之中：{known}。", "The unit “{unit}” is not one of {known}."),
    "item.unpriced": (
        "prices.csv 里没有 {code} 的单价（不按单价算的，写一行“none”）。",
        "{code} has no price in prices.csv (write a row “none” for what has none).",
    ),
    "item.unruled": (
        "没有规则适用于类别 {category} 的指标。",
        "No rule takes items of the category {category}.",
    ),
    "pack.date": (
        "“{text}”不是日期（{why}）：写成 年-月-日。这些写法都认：{forms}。",
        "“{text}” is no date ({why}): write YYYY-MM-DD. These forms are read: {forms}.",
    ),
    "pack.decimals": (
        "“{text}”的小数超过 {decimals} 位。",
        "“{text}” has more than {decimals} decimals.",
    ),
    "pack.digits": ("“digits”只能是 0、1、2 或 3。", "“digits” is 0, 1, 2 or 3."),
    "pack.file_missing": ("政策包里没有文件 {file}。", "The pack has no file {file}."),
    "pack.hidden": (
        "这里有一个看不见的字符（{code}）：把这段文字删掉，重新打一遍。",
        "There is a hidden character ({code}) here: delete the text and type it anew.",
    ),
    "pack.list": ("“{name}”应当是一个列表。", "“{name}” must be a list."),
    "pack.mapping": (
        "这里要写名字和值（“名字: 值”）。",
        "Names and values (“name: value”) are expected here.",
    ),
    "pack.missing": ("缺少“{name}”。", "“{name}” is missing."),
    "pack.number": (
        "“{text}”不是普通写法的数（只用数字和一个小数点）。",
        "“{text}” is no plain number (digits and one point only).",
    ),
    "pack.overlong": (
        "“{text}”整数部分超过 {digits} 位。",
        "“{text}” has more than {digits} digits before the point.",
    ),
    "pack.scale": ("“{name}”是 0 到 6 的整数。", "“{name}” is a whole number from 0 to 6."),
    "pack.status": (
        "“status” 只能是 decided（已定）或 draft（未定）。",
        "“status” is decided or draft.",
    ),
    "pack.text": ("“{name}”应当是文字。", "“{name}” must be a text."),
    "pack.unknown_key": ("这里不认识“{name}”。", "“{name}” is not known here."),
    "pack.whole": (
        "“{name}”是 {low} 到 {high} 的整数。",
        "“{name}” is a whole number from {low} to {high}.",
    ),
    "pack.yes_or_no": ("“{name}”只能是 yes 或 no。", "“{name}” is yes or no."),
    "pack.id": (
        "政策包的编号（id）“{value}”只能用小写字母、数字和连字符。",
        "The pack's id “{value}” may only have small letters, digits and hyphens.",
    ),
    "pack.version": (
        "版本“{value}”只能用字母、数字、点和连字符。",
        "The version “{value}” may only have letters, digits, points and hyphens.",
    ),
    "pack.jurisdiction": (
        "适用地区“{value}”要用 ISO 3166 代码，例如 CN、CN-YN。",
        "The jurisdiction “{value}” is no ISO 3166 code like CN or CN-YN.",
    ),
    "pack.currency": (
        "货币“{value}”要用 ISO 4217 代码，例如 CNY。",
        "The currency “{value}” is no ISO 4217 code like CNY.",
    ),
    "pack.radical": (
        "“{text}”（{code}）是部首或兼容字，不是正字，多是从 PDF 复制来的：写成“{meant}”。",
        "“{text}” ({code}) is a radical or a compatible form, as after copying from a PDF: write “{meant}”.",
    ),
    "pack.stray_file": (
        "没有人读这个文件：算例写在 tests/ 里，用 .yaml 结尾，不放在下级文件夹；别的文件请拿走。",
        "Nobody reads this file: examples stand in tests/, end in .yaml and lie in no folder below it; take others away.",
    ),
    "price.from": ("缺少单价的第一天。", "The first day of the price is missing."),
    "price.gap": (
        "{code} 在 {day} 以前有几天没有单价：补上，或写一行单价为“none”的，说明这几天不定。",
        "{code} has no price for the days before {day}: close the gap, or say so with a row whose price is “none”.",
    ),
    "price.item": ("items.csv 里没有指标 {code}。", "There is no item {code} in items.csv."),
    "price.negative": ("单价不能是负数。", "A price cannot be negative."),
    "price.overlap": ("{code} 在 {day} 有两个单价。", "{code} has two prices on {day}."),
    "price.unit": (
        "{code} 的单位是 {unit}，不是 {found}。",
        "{code} is measured in {unit}, not in {found}.",
    ),
    "price.zone_ends": (
        "{code} 在 {zone} 的单价到 {day} 为止，各区通用的单价却还在：写一行从这天起 {zone} 用的单价，没有定的写“none”。",
        (
            "The price of {code} in {zone} ends on {day}, while the one for every zone goes on: "
            "say with a row from that day what holds in {zone}, a price or “none”."
        ),
    ),
    "price.zone": ("pack.yaml 里没有补偿区类 {zone}。", "There is no zone {zone} in pack.yaml."),
    "unit.known": (
        "单位 {code} 每个政策包都有，不用再声明。",
        "The unit {code} is known to every pack: do not declare it.",
    ),
    "unit.code": (
        "单位的代码“{code}”只能用字母、数字和 _，以字母开头。",
        "The code of a unit, “{code}”, may only have letters, digits and _, and begins with a letter.",
    ),
    "unit.dimension": (
        "“dimension”（量的种类）是这些之一：{known}。",
        "“dimension” is one of {known}.",
    ),
    "vocabulary.both": (
        "这个话题已经有条款回答（answers），不能又说还没有定（not_decided）。",
        "Clauses answer this subject (“answers”): it cannot be undecided (“not_decided”) at the same time.",
    ),
    "vocabulary.pattern": (
        "“{text}”读不懂：几部分用“&”连起来，一部分里的词用“|”隔开，不能有空的，也不能只有标点；“@名字”只能是已有的词组，单独写。",
        "“{text}” cannot be read: “&” joins parts, “|” parts words, none empty or only signs; “@name” is a known group, alone.",
    ),
    "vocabulary.thing": (
        "写明东西的叫法（names），一个也不能空，也不能只有标点。",
        "Say what it is called (“names”), and leave none empty or of signs only.",
    ),
    "vocabulary.twice": ("“{name}”在这里出现了两次。", "“{name}” stands here twice."),
    "vocabulary.unknown": (
        "items.csv 里没有指标或类别“{name}”。",
        "There is no item or category “{name}” in items.csv.",
    ),
    "vocabulary.words": (
        "话题“{id}”是本包自己的：写明标题（title）和人们怎么问（zh、en）。",
        "The subject “{id}” is this pack's own: give its title and how people ask for it (zh, en).",
    ),
    "yaml.anchor": (
        "政策包里不用“&”和“*”：把文字写全。",
        "“&” and “*” are not used in packs: write the text out.",
    ),
    "yaml.comment": (
        "“ #”后面的“{text}”会被当成注释丢掉：给整段文字加上引号；真是注释，就另起一行写。",
        "“{text}” behind “ #” is a comment, and lost: put the whole text in quotes, or the comment on a line of its own.",
    ),
    "yaml.depth": (
        "这里一层套一层，套得太深，不是政策包的文件。",
        "Lists and names stand within one another far deeper than in any file of a pack.",
    ),
    "yaml.duplicate_key": ("“{name}”在这里出现了两次。", "“{name}” stands here twice."),
    "yaml.syntax": ("这不是正确的 YAML：{problem}。", "This is not valid YAML: {problem}."),
    "yaml.tag": (
        "“!”开头的字会被当成标记丢掉：给这段文字加上引号。",
        "A word that begins with “!” is read as a mark and lost: put the text in quotes.",
    ),
    **RULE_FAULTS,
    **SURVEY_FAULTS,
    **NOTES,
}


def fault_text(key: str, values: Mapping[str, Value], lang: str) -> str:
    """The sentence of a fault in ``zh`` or ``en``. Raises KeyError for a key without words or a blank without value."""
    side = int(lang != "zh")
    filled = {name: value[side] if isinstance(value, tuple) else value for name, value in values.items()}
    return WORDS[key][side].format(**filled)
