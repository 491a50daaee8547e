"""提示的话: what a pack may mean and more often is a slip (`pack_notes`), in Chinese and English, with the same blanks."""

from __future__ import annotations

NOTES: dict[str, tuple[str, str]] = {
    "note.vocabulary_plural": (
        "“{name}”和“{other}”只差英文复数，读起来是一个叫法：问哪一个，两边的东西都会答出来。",
        "“{name}” is read like “{other}”, without its plural s: whoever asks for one is shown the items of both.",
    ),
    "note.vocabulary_mixed": (
        "“{name}”既列了 items 又列了 categories：两样都算，是这样吗？",
        "“{name}” has items and categories: both are meant, is that so?",
    ),
    "note.vocabulary_item_twice": ("“{name}”里，{code} 写了两遍。", "Under “{name}”, {code} stands twice."),
    "note.vocabulary_same": (
        "“{name}”和“{other}”指的完全是同样的东西：叫法写在一处就够了。",
        "“{name}” and “{other}” mean the very same items: their names belong into one entry.",
    ),
    "note.vocabulary_id": (
        "话题编号“{id}”不像编号：用小写字母、数字和 _，以字母开头。",
        "“{id}” is an odd id for a subject: small letters, digits and _, beginning with a letter.",
    ),
    "note.vocabulary_title": (
        "“{id}”是通用话题，标题本来是“{title}”：这里改了它的标题，是这样吗？",
        "“{id}” is a common subject, called “{title}”: its title is another one here, is that meant?",
    ),
    "note.vocabulary_day": (
        "话题“{id}”说还没有定的日子（on）是 {day}，还没有到：是不是写错了？",
        "That “{id}” is not decided was said on {day}, which is still to come: is it a slip?",
    ),
    "note.unproven": (
        "没有一个算例用到规则 {rule}：它算得对不对，没有人看得出。",
        "No worked example has a line by the rule {rule}: nobody can see whether it is right.",
    ),
    "note.unsurveyed": (
        "{code} 有单价，却不在任何一张调查表上：没有人会去量它。",
        "{code} has a price and stands on no sheet of the survey: nobody will measure it.",
    ),
    "note.paid_twice": (
        "同一天，{one} 和 {other} 两条规则给同样的东西付钱：是要付两次吗？",
        "On the same day the rules {one} and {other} pay for the same: is it to be paid twice?",
    ),
    "note.rule_gap": (
        "规则 {one} 到 {day} 为止，{other} 过了几天才开始：中间的日子没有人付钱，是这样吗？",
        "The rule {one} ends on {day}, and {other} begins days later: is nobody to be paid in between?",
    ),
    "note.price_zero": (
        "{code} 的单价是 0：写 0 就是决定一分不付；不知道的写“none”。",
        "The price of {code} is 0: that decides to pay nothing; for what is not known write “none”.",
    ),
    "note.zone_unpriced": (
        "{code} 在 {zones} 没有单价：有它的户会暂缓出账。确实没有定的，写一行“none”。",
        "{code} has no price in {zones}: households with it will be withheld. If none is decided, say so with “none”.",
    ),
    "note.categories_alike": (
        "没有规则提到类别 {category}，它和 {like} 很像：是不是写错了一个字母？",
        "No rule names the category {category}, and it is much like {like}: is it a slip?",
    ),
    "note.same_name": ("几个指标同叫“{name}”：{codes}。", "Items of one name, “{name}”: {codes}."),
    "note.same_number": ("几个文件同一个文号 {number}：{ids}。", "Documents of one number, {number}: {ids}."),
    "note.decided_later": (
        "{id} 定稿于 {decided}，却早已生效：是追溯适用的吗？",
        "{id} was decided on {decided}, after it took effect: does it apply to the past?",
    ),
    "note.not_chinese": ("“{text}”没有一个汉字。", "“{text}” has no Chinese character."),
    "note.names_not_chinese": (
        "{number} 个指标的中文名没有一个汉字，第一个是“{text}”。",
        "The Chinese names of {number} items have no Chinese character, the first is “{text}”.",
    ),
    "note.number_in_words": (
        "规则 {rule} 的话里有 {number}，算式里没有：两处对一对。",
        "The sentence of the rule {rule} says {number}, its formula does not have it: compare the two.",
    ),
    "note.unit_differs": (
        "规则 {rule} 的话里，{at} 在中文里是“{zh}”，在英文里是“{en}”：单位不一样。",
        "In the sentence of the rule {rule}, {at} is “{zh}” in Chinese and “{en}” in English: not the same unit.",
    ),
    "note.unit_missing": (
        "规则 {rule} 的话里，{at} 的单位“{word}”只有{lang}说了，另一种文字没有说。",
        "In the sentence of the rule {rule}, only the {lang} names the unit of {at}, “{word}”; the other language does not.",
    ),
    "note.unit_of_item": (
        "规则 {rule} 的{lang}里，{at} 写的是“{word}”，政策包里这些指标的单位是 {known}。",
        "The {lang} sentence of the rule {rule} says “{word}” at {at}; the pack's items are in {known}.",
    ),
    "note.currency_in_words": (
        "规则 {rule} 的{lang}里，{at} 写的是“{word}”，政策包的货币是 {known}。",
        "The {lang} sentence of the rule {rule} says “{word}” at {at}; the currency of the pack is {known}.",
    ),
    "note.sign_differs": (
        "规则 {rule} 的话里给 {name} 写的加减号，和算式里的不一样。",
        "The sentence of the rule {rule} has another sign before {name} than its formula.",
    ),
    "note.languages_differ": (
        "规则 {rule} 的中文和英文说的数不一样。",
        "The Chinese and the English sentence of the rule {rule} tell different numbers.",
    ),
    "note.below_zero": (
        "规则 {rule} 的一行可能不到 0 元：真的要这户倒付钱吗？不要的，用 max(0, …)。",
        "A line by the rule {rule} can come to less than nothing: is a household to pay? If not, write max(0, ...).",
    ),
    "note.no_amount": (
        "规则 {rule} 的话里没有说算出来是多少。",
        "The sentence of the rule {rule} does not say what it comes to.",
    ),
    "note.unused_fact": (
        "没有规则用到“{name}”，却要每一户都填。",
        "No rule uses “{name}”, yet everybody is asked for it.",
    ),
    "note.unused_definition": (
        "没有规则用到定义“{name}”。",
        "No rule uses the definition “{name}”.",
    ),
    "note.unused_name": (
        "规则 {rule} 写了“{name}”，算式里没有用。",
        "The rule {rule} declares “{name}” and its formula does not use it.",
    ),
}
