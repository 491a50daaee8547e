"""错误的话: what each fault of a procedure or a calendar is in words, Chinese and English, with the same blanks."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "calendar.both": (
        "{day} 既写成放假又写成上班，只能是一样。",
        "{day} is both off and worked; it can only be one.",
    ),
    "calendar.gap": (
        "年份必须连续，缺 {year} 年。",
        "The years follow each other without a gap; {year} is missing.",
    ),
    "calendar.kind": ("只能写 off（放假）或 work（上班）。", "This is off or work."),
    "calendar.no_years": ("日历里一年也没有。", "The calendar has no year at all."),
    "calendar.outside": (
        "{day} 不在日历的年份里：先在 calendar.yaml 里写上这一年。",
        "{day} lies outside the calendar's years; write its year into calendar.yaml first.",
    ),
    "calendar.rest": (
        "每周休息日用 1 到 7 表示，1 是星期一。",
        "Weekly days of rest are 1 to 7; 1 is Monday.",
    ),
    "calendar.status": (
        "年份只能是 final（国务院办公厅已公布）或 provisional（暂按法定节假日）。",
        "A year is final or provisional.",
    ),
    "calendar.timezone": ("没有“{name}”这个时区。", "There is no time zone “{name}”."),
    "calendar.twice": ("{day} 在这里出现了两次。", "{day} stands here twice."),
    "calendar.weekday": (
        "{day} 本来就{what}，不必写。",
        "{day} is {what} anyway; leave it out.",
    ),
    "posting.gap": (
        "清单“{list}”没有第 {round} 轮，却有后面的轮次。",
        "The list “{list}” has no round {round}, but a later one.",
    ),
    "posting.list": ("“list”只能是 {known}。", "“list” is one of {known}."),
    "posting.twice": (
        "清单“{list}”的第 {round} 轮在这里出现了两次。",
        "Round {round} of the list “{list}” stands here twice.",
    ),
    "procedure.actor": (
        "“by”只能是 {known}：写明由谁来做。",
        "“by” is one of {known}: say who does it.",
    ),
    "procedure.clause": ("{document} 里没有条款“{clause}”。", "{document} has no clause “{clause}”."),
    "procedure.clock": ("没有叫“{id}”的期限。", "There is no clock “{id}”."),
    "procedure.clock_twice": ("期限 {id} 在这里出现了两次。", "The clock {id} stands here twice."),
    "procedure.dead_end": (
        "到了“{state}”就再也办不结：没有一条路通向结束。",
        "From “{state}” no way leads to an end.",
    ),
    "procedure.document": (
        "documents.yaml 里没有文件“{id}”。",
        "There is no document “{id}” in documents.yaml.",
    ),
    "procedure.draft": ("{id} 是未定稿，不能作期限的依据。", "{id} is a draft; no clock rests on a draft."),
    "procedure.event": ("没有一步叫“{name}”。", "No transition has the event “{name}”."),
    "procedure.kind": ("没有叫“{name}”的程序。", "There is no procedure “{name}”."),
    "procedure.need": ("“needs”里只能是 {known}。", "“needs” holds {known} only."),
    "procedure.never_starts": (
        "期限 {id} 永远不会起算：没有一步能触发它。",
        "The clock {id} can never start: nothing that starts it can happen.",
    ),
    "procedure.never_stops": (
        "期限 {id} 起算以后停不下来：没有一步能停住它。",
        "The clock {id} can never be stopped once it runs: nothing that stops it can happen after it.",
    ),
    "procedure.number": (
        "这里要一个 {low} 到 {high} 的整数。",
        "This is a whole number from {low} to {high}.",
    ),
    "procedure.opens": (
        "没有一步能让事项开始（{name}）：要有一条没有“from”的步骤。",
        "Nothing begins a matter ({name}): one transition has no “from”.",
    ),
    "procedure.pair": ("暂停要写成两个事件：[开始, 结束]。", "A pause is two events: [begin, end]."),
    "procedure.state": ("没有叫“{name}”的状态。", "There is no state “{name}”."),
    "procedure.superior": (
        "移交到共同上级时，“{name}”必须写明 to_body。",
        "The superior's event “{name}” must be one that the procedure has.",
    ),
    "procedure.transition_twice": (
        "状态“{state}”下的“{event}”已有一条步骤。",
        "There is a transition for “{event}” in “{state}” already.",
    ),
    "procedure.stray_file": ("没有人读这个文件：请拿走。", "Nobody reads this file: take it away."),
    "procedure.twice": ("程序 {id} 在这里出现了两次。", "The procedure {id} stands here twice."),
    "procedure.unit": ("单位只能是 {known}。", "The unit is one of {known}."),
    "procedure.unreachable": (
        "状态“{state}”永远到不了。",
        "The state “{state}” can never be reached.",
    ),
}
