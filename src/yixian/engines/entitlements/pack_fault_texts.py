"""错误的话: what each fault of a pack is in words, Chinese and English, with the same blanks.

A sentence says what is wrong where the place points, and what to do. Blanks are filled by `fault_text`.
"""

from __future__ import annotations

from collections.abc import Mapping

from yixian.engines.entitlements.pack_note_texts import NOTES

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
    "define.circle": (
        "定义“{name}”绕回了它自己。",
        "The definition “{name}” leads back to itself.",
    ),
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
    "duty.range": (
        "“{name}”是 {low} 到 {high} 的整数。",
        "“{name}” is a whole number from {low} to {high}.",
    ),
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
    "factor.from": ("缺少系数的第一天。", "The first day of the factor is missing."),
    "factor.gap": (
        "{factor} 在 {day} 以前有几天没有值：补上，或写一行值为“none”的，说明这几天不定。",
        "{factor} has no value for the days before {day}: close the gap, or say so with a row whose value is “none”.",
    ),
    "factor.name": ("“{factor}”不能作系数的名字。", "“{factor}” cannot name a factor."),
    "factor.overlap": ("{factor} 在 {day} 有两个值。", "{factor} has two values on {day}."),
    "factor.unused": ("没有规则用到系数 {factor}。", "No rule uses the factor {factor}."),
    "formula.band": (
        "band 的写法：band(x, 界限, 值, ..., 界限, 值, 其余)。",
        "A band is written band(x, limit, value, ..., limit, value, otherwise).",
    ),
    "formula.band_limits": ("band 的界限要从小到大。", "The limits of a band must ascend."),
    "formula.day": (
        "日期和数混在一起了：日期只能和日期比，或者用 days、months、years 算相隔多久，用 add_days、add_months、add_years 推后。",
        (
            "A day and a number are mixed up: a day can be compared with a day, days(), months() and years() tell how long "
            "from one to another, and add_days(), add_months() and add_years() give a later one."
        ),
    ),
    "formula.day_range": (
        "算出来的日期可能超出公元 1 年到 9999 年：把范围写窄一些。",
        "The day could lie before the year 1 or after 9999: declare narrower ranges.",
    ),
    "formula.whole": (
        "这里要日期或整数，不能带小数：先用 round 或 trunc。",
        "A day or a whole number is needed here, without decimals: round or cut it first.",
    ),
    "formula.choice": (
        "“{name}”是选项，不是数：只能拿来比，例如 {name} = {first}。",
        "“{name}” is a choice and no number: it can only be compared, as in {name} = {first}.",
    ),
    "formula.chosen": (
        "“{name}”只能用 = 或 != 来比，可选的有：{known}。",
        "“{name}” can only be compared with = or !=, and with one of: {known}.",
    ),
    "formula.text": (
        "{text} 是文字：只有选项才能和文字比，日期写成 'YYYY-MM-DD'。",
        "{text} is a text: only a choice can be compared with one, and a day is written 'YYYY-MM-DD'.",
    ),
    "formula.constant": (
        "这里要写一个数，不能写名字或算式。",
        "A plain number is needed here, not a name or a sum.",
    ),
    "formula.may_be_zero": (
        "除数可能不大于零（它在 {low} 和 {high} 之间）：把事实的下限（low）写到零以上，或者写 max(1, …) 这样的下限。",
        (
            "What divides may not be above zero (it lies between {low} and {high}): declare facts whose low is above zero, "
            "or set a floor, as in max(1, ...)."
        ),
    ),
    "formula.decimals": (
        "小数位数是 0 到 {most} 的整数。",
        "The number of decimals is a whole number from 0 to {most}.",
    ),
    "formula.divisor": ("除数必须大于零。", "Only a number above zero divides."),
    "formula.line_too_large": (
        "一行的金额可能大到无法累加：把输入的范围写窄一些。",
        "A line could come to more than can be added up: declare narrower ranges.",
    ),
    "formula.long": ("公式太长：分成几步写。", "The formula is too long: divide it into steps."),
    "formula.name": ("“{name}”不能作步骤的名字。", "“{name}” cannot be the name of a step."),
    "formula.power": (
        "pow 的底不能小于零，次数是 0 到 {most} 的整数。",
        "What pow() multiplies may not be below zero, and how often is a whole number from 0 to {most}.",
    ),
    "formula.slash": (
        "没有“/”：写成 div(被除数, 除数, 保留几位小数)。",
        "There is no “/”: write div(what, by which number, how many decimals).",
    ),
    "formula.syntax": (
        "公式从这里起读不懂。",
        "The formula cannot be read from here on.",
    ),
    "formula.too_large": (
        "公式的值可能超过 {digits} 位数字。",
        "The formula's value could pass {digits} digits.",
    ),
    "formula.unknown_name": (
        "“{name}”没有声明；可用的有：{known}。",
        "“{name}” is not declared; there are: {known}.",
    ),
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
    "over.take": ("“take”是这些之一：{known}。", "“take” is one of {known}."),
    "over.count": (
        "数个数（count）不看哪个事实：去掉“fact”。",
        "What is counted has no fact: take “fact” away.",
    ),
    "over.fact": (
        "“{name}”不是这些指标都有的数。",
        "“{name}” is no number that all these items have.",
    ),
    "pack.date": (
        "“{text}”不是日期（{zh}）：写成 年-月-日。这些写法都认：{forms}。",
        "“{text}” is no date ({en}): write YYYY-MM-DD. These forms are read: {forms}.",
    ),
    "pack.decimals": (
        "“{text}”的小数超过 {decimals} 位。",
        "“{text}” has more than {decimals} decimals.",
    ),
    "pack.digits": ("“digits”只能是 0、1、2 或 3。", "“digits” is 0, 1, 2 or 3."),
    "pack.file_missing": ("政策包里没有文件 {file}。", "The pack has no file {file}."),
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
    "rule.id_taken": (
        "规则编号“{id}”已经是一个指标或者全账合计的名字：另取一个。",
        "The rule's id “{id}” is already an item's code or a sum's name: choose another.",
    ),
    "rule.applies_to": (
        "“applies_to”只能是 items（指标）或 households（户）。",
        "“applies_to” is items or households.",
    ),
    "rule.braces": ("“{words}”里的花括号不成对。", "The braces in “{words}” do not match."),
    "rule.category": ("没有类别为 {category} 的指标。", "No item has the category {category}."),
    "rule.factor": (
        "factors.csv 里没有系数 {factor}。",
        "There is no factor {factor} in factors.csv.",
    ),
    "rule.factor_by": (
        "“{choice}”不是这条规则适用的对象都有的选项，也不是补偿区类（zone）。",
        "“{choice}” is no choice that everything this rule applies to has, and not the zone.",
    ),
    "rule.factor_key": ("{factor} 没有“{value}”的值。", "{factor} has no value for “{value}”."),
    "rule.factor_key_unknown": (
        "{factor} 的键“{value}”不是任何选项。",
        "{factor} has a key “{value}” that is no choice.",
    ),
    "rule.measure_decimals": (
        "另一条规则计 {measure} 时小数位数不同。",
        "Another rule measures {measure} with other decimals.",
    ),
    "rule.measure_paid": (
        "只计数的规则不发钱，不能写按月或按年。",
        "A rule that measures pays nothing.",
    ),
    "rule.measure_unit": ("“{unit}”不是单位：可用 {known}。", "“{unit}” is no unit; there are {known}."),
    "rule.name": (
        "“{name}”不能用作名字，或者已经用过。",
        "“{name}” cannot be used as a name, or is used already.",
    ),
    "rule.of_households": (
        "只有按户的规则才有“{name}”。",
        "Only a rule for households has “{name}”.",
    ),
    "rule.of_items": ("只有按指标的规则才有“{name}”。", "Only a rule for items has “{name}”."),
    "rule.paid": (
        "“paid”只能是 once（一次）、monthly（按月）或 yearly（按年）。",
        "“paid” is once, monthly or yearly.",
    ),
    "rule.price": ("items.csv 里没有指标 {code}。", "There is no item {code} in items.csv."),
    "rule.sum": ("没有按指标的规则计数 {measure}。", "No rule for items measures {measure}."),
    "rule.trace": (
        "“{name}”在一条规则里太大，在另一条里小数太多：给其中一个换个名字。",
        "“{name}” is too large in one rule and too fine in another: give one of them another name.",
    ),
    "rule.circle": (
        "规则 {id} 绕回了它自己。",
        "The rule {id} builds on itself in a circle.",
    ),
    "rule.line": (
        "没有按户的规则 {id}。",
        "There is no rule for households {id}.",
    ),
    "rule.share": (
        "“{name}”不是这条规则的指标都有、又不小于零的数，不能按它来分。",
        "“{name}” is no number that all items of this rule have and that is never below zero: nothing can be divided by it.",
    ),
    "rule.share_of_money": (
        "只有按指标、给钱的规则才能分（share）。",
        "Only a rule for items that gives money can be divided (share).",
    ),
    "rule.first_day": (
        "“{name}”要算出一个日期。",
        "“{name}” must come to a day.",
    ),
    "rule.no_day": (
        "公式要算出数，不是日期。",
        "The formula must come to a number, not to a day.",
    ),
    "rule.first_paid": (
        "按月或按年发放的，才有头一天和末一天（first、last）。",
        "Only what is paid monthly or yearly has a first and a last day.",
    ),
    "rule.trace_day": (
        "“{name}”在这里是数，在别处是日期。",
        "“{name}” is a number here and a day elsewhere.",
    ),
    "rule.trace_choice": (
        "“{name}”在这里是数，在别处是选项。",
        "“{name}” is a number here and a choice elsewhere.",
    ),
    "rule.overlap": (
        "规则 {id} 在 {day} 有两个写法：旧的写上止日（until），新的从那天起（from）。",
        "The rule {id} has two versions on {day}: end the old one (until) on the day from which the new one holds.",
    ),
    "rule.gap": (
        "规则 {id} 在 {day} 以前有几天没有写法：接上；这几天不付的，写一个算出来是 0 的写法，引用定下它的条文。",
        (
            "The rule {id} has no version for the days before {day}: close the gap, or decide to pay nothing "
            "with a version that comes to 0, by its clause."
        ),
    ),
    "rule.other_kind": (
        "规则 {id} 的各个写法，名称、适用对象、付款方式和计数要一样；不一样的是另一条规则，另取编号。",
        "The versions of the rule {id} must have one title, apply to the same, be paid and count alike; else it is another rule.",
    ),
    "rule.words": (
        "句子用到了 {name}，但这条规则的账目行不留它。",
        "The sentence uses {name}, which the rule's lines do not keep.",
    ),
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
    "yaml.anchor": (
        "政策包里不用“&”和“*”：把文字写全。",
        "“&” and “*” are not used in packs: write the text out.",
    ),
    "yaml.duplicate_key": ("“{name}”在这里出现了两次。", "“{name}” stands here twice."),
    "yaml.syntax": ("这不是正确的 YAML：{problem}。", "This is not valid YAML: {problem}."),
} | NOTES


def fault_text(key: str, values: Mapping[str, Value], lang: str) -> str:
    """The sentence of a fault in ``zh`` or ``en``. Raises KeyError for a key without words or a blank without value."""
    side = int(lang != "zh")
    filled = {name: value[side] if isinstance(value, tuple) else value for name, value in values.items()}
    return WORDS[key][side].format(**filled)
