"""调查规则错误的话: what each fault of a pack's survey.yaml is in words, Chinese and English, with the same blanks."""

from __future__ import annotations

SURVEY_FAULTS: dict[str, tuple[str, str]] = {
    "survey.both": (
        "“items”和“categories”只写一个：要么写指标，要么写类别。",
        "Give items or categories, not both.",
    ),
    "survey.category": (
        "items.csv 里没有类别“{category}”。",
        "No item of items.csv has the category “{category}”.",
    ),
    "survey.decimals": (
        "数量会有 {decimals} 位小数，这个政策包最多取 {most} 位：在公式外面写 round(…, {most})。",
        "The quantity has {decimals} decimals and the pack takes {most}: write round(…, {most}) around it.",
    ),
    "survey.fact": (
        "没有叫“{name}”的指标事实（有：{known}）。自己要问的，写全：name、title 和范围或选项。",
        "No fact of items is called “{name}” (there are: {known}). What the sheet asks itself has name, title, range or choices.",
    ),
    "survey.formula": (
        "手机上的表格不会算这个公式：只用 + - * min max if round trunc ceil div band，不用日期和 pow。",
        "Forms on a phone cannot calculate this: use + - * min max if round trunc ceil div band, no days and no pow.",
    ),
    "survey.id": (
        "“{id}”不行：小写字母开头，只用小写字母、数字和 _，最多 31 个，也不能是表格自己用的名字。",
        "“{id}” will not do: small letters, digits and _, at most 31, a letter first, and no name that every form uses itself.",
    ),
    "survey.inexact": (
        "数会太大或太细，手机算不准：把上限调小，或减少小数位数。",
        "The numbers grow too large or too fine for a phone to calculate exactly: lower the limits, or take fewer digits.",
    ),
    "survey.is_fact": (
        "“{name}”是政策包里已有的指标事实：这里只写它的名字，范围和选项以 pack.yaml 为准。",
        "“{name}” is a declared fact of items: write just its name; range and choices stand in pack.yaml.",
    ),
    "survey.list": (
        "没有“{name}”这种公示清单（有：{known}）。",
        "No list is called “{name}” (there are: {known}).",
    ),
    "survey.measured_twice": (
        "{code} 在这张表里有两种测法：每项只能有一种。",
        "{code} is measured in two ways on this sheet; there may be one.",
    ),
    "survey.must_be_present": (
        "“present”里要有 {name}：调查至少两个单位的人在场，户里也要签字。",
        "“present” must name {name}: two people of two organisations survey, and the household signs.",
    ),
    "survey.negative": (
        "要取整或相除的数不能小于 0：用 max(0, …)。",
        "What is rounded or divided must not be below 0: use max(0, …).",
    ),
    "survey.no_quantity": (
        "pack.yaml 的 inputs.items 里没有 quantity：量出来的数量没有地方放。",
        "pack.yaml declares no quantity among inputs.items: there is nowhere to put what is measured.",
    ),
    "survey.not_here": (
        "“{name}”不在这张表的类别里。",
        "“{name}” is not among the categories of this sheet.",
    ),
    "survey.not_of": (
        "{code} 没有事实“{name}”：政策包只对别的类别问它。",
        "{code} has no fact “{name}”; the pack asks it of other categories.",
    ),
    "survey.present": (
        "没有叫“{name}”的在场人（有：{known}）。",
        "Nobody who can be present is called “{name}” (there are: {known}).",
    ),
    "survey.range": (
        "数量可能是 {low} 到 {high}，政策包只收 {least} 到 {most}：改量的上下限。",
        "The quantity can be {low} to {high}, and the pack takes {least} to {most}: change the limits of the measures.",
    ),
    "survey.share": (
        "允许的误差是 0 到 1 之间的小数，例如 0.02 就是百分之二。",
        "A tolerance is a share from 0 to below 1: 0.02 is two in a hundred.",
    ),
    "survey.tolerance": (
        "没有叫“{name}”的允许误差（有：{known}）。",
        "No tolerance is called “{name}” (there are: {known}).",
    ),
    "survey.twice": ("“{name}”在这里出现了两次。", "“{name}” stands here twice."),
    "survey.unit": (
        "公示天数的单位没有“{name}”（有：{known}）。",
        "Days of posting have no unit “{name}” (there are: {known}).",
    ),
    "survey.unmeasured": (
        "{code} 属于这张表，但没有写怎么量。",
        "{code} belongs on this sheet, and nothing says how it is measured.",
    ),
}
