"""规则的错误: what each fault of a rule, its formulas, factors and definitions is in words, in Chinese and English."""

from __future__ import annotations

RULE_FAULTS: dict[str, tuple[str, str]] = {
    "define.circle": (
        "定义“{name}”绕回了它自己。",
        "The definition “{name}” leads back to itself.",
    ),
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
    "over.take": ("“take”是这些之一：{known}。", "“take” is one of {known}."),
    "over.count": (
        "数个数（count）不看哪个事实：去掉“fact”。",
        "What is counted has no fact: take “fact” away.",
    ),
    "over.fact": (
        "“{name}”不是这些指标都有的数。",
        "“{name}” is no number that all these items have.",
    ),
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
}
