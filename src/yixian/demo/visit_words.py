"""示范走访用语: what is written down at invented visits, and what is promised there. Nobody in it is real."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.visits.actions.enter_visits import PaperOutcome
from yixian.visits.choices import PromiseResult, SaidBy


@dataclass(frozen=True, slots=True)
class PromiseText:
    """A promise: its words, in how many days it may be due, and the clause that it rests on ("" for help)."""

    text: str
    days: tuple[int, ...]
    clause: str = ""


AT_HOME = (
    "把账目一行一行念了一遍，老人听明白了，说房子那一行和丈量的一致。问坟什么时候迁，已告诉他县里还没有定日子。",
    "家里正在收苞谷，站在地头说了二十分钟。最担心的是搬过去离田远。把安置点的位置在图上指给他们看了。",
    "老伴腿脚不好，怕新房子要爬楼。记下来了，选房的时候要提出来。账目没有意见。",
    "问院坝为什么比邻居家少了几个平方，一起拿卷尺重新量了一遍，和登记的数差不多，他们认可。",
    "小儿子在广东打工，电话里一起说的。他问搬家那几天要不要请假回来，答应等日子定了提前告诉他。",
    "娃娃转学的事最着急，怕秋季报不上名。把学校要的材料说了一遍，户口本和出生证明都在。",
    "说起果树，家里觉得有几棵没有登记。到坡上数了一遍，点了数，回去核实。",
    "今天来认门，第一次见面。留了电话，讲了以后每个月至少来一次。家里人客气，烤了红薯。",
    "屋后的蓄水池漏水，想问要不要修。说了登记以后修不修都不影响账目，由他们自己决定。",
    "对搬迁没有意见，就是舍不得老房子。坐了一个小时，听他讲修房子那年的事。",
    "老人不识字，把账单从头到尾读给他听，又请隔壁的孙子再读了一遍。他按了手印。",
    "家里在议论对岸有一户比他们多，拿两家的单价给他们看，是一样的，差的是面积。听完说明白了。",
    "女主人一个人在家，说等丈夫回来再商量。约好下个星期天晚上再来。",
    "问新房子能不能养猪，已说明安置点统一规划圈舍，具体办法还没有公布。",
    "家里有病人，刚从县医院回来。没有多谈账目，问了需要什么。",
)

CALLS = (
    "电话里说，人在外地，账目已经在手机上看过，没有意见。过年回来再当面说。",
    "下雨路断，先打了电话。家里都平安，问了什么时候再来丈量围墙。",
    "打电话问了老人的药还够不够，说还有半个月的。账目没有新的问题。",
)

PRESENT = ("村民小组长", "邻居老李", "驻村工作队员", "来串门的妹夫", "村会计")

HELP = (
    PromiseText("星期五以前把漏登的果树报给调查组，请他们再来数一遍。", (5, 7, 10)),
    PromiseText("下次来的时候带一份放大字号的账目来。", (14, 21, 28)),
    PromiseText("陪老人去乡卫生院把慢性病的手续办下来。", (7, 14)),
    PromiseText("联系中心小学，问清楚转学要什么材料，打电话回话。", (3, 5)),
    PromiseText("请水管站的人来看一看蓄水池。", (7, 10)),
    PromiseText("搬家日子一定下来就提前半个月告诉在外打工的儿子。", (45, 60)),
    PromiseText("把院坝重新丈量的记录送来，一家一份。", (7, 10, 14)),
    PromiseText("星期天晚上等男主人回来，再来一趟把账目讲一遍。", (5, 6)),
    PromiseText("跟村里说一声，修一下门口断了的那段路。", (10, 20)),
    PromiseText("问清楚两家合用的晒场是怎么登记的，回来当面讲。", (7, 14)),
    PromiseText("帮着把身份证过期的事办了，带照相的师傅到村里来。", (14, 21)),
)

BY_CLAUSE = (
    PromiseText("房子的钱不够每人24平方米砖混房的，差多少补多少。", (60, 90), "D2009-24M|basic-house"),
    PromiseText("祖坟按这张表算，单坟500元一座。", (60, 90), "T5-LOCAL|list-1"),
    PromiseText("围墙、门楼、地窖都按表里的单价补。", (60, 90), "D2009-215|table-facilities"),
    PromiseText("地里来不及收的青苗，一亩补200元。", (30, 60), "W2-LAND|crops"),
)

BROKEN = (
    "水管站这个月抽不出人，下个月再来。",
    "去问了，对方还没有答复。",
    "下雨塌方，路没有通，没能去成。",
)

SHOWN: tuple[tuple[int, str, tuple[PromiseText, ...], tuple[PaperOutcome, ...]], ...] = (
    (
        46,
        "第一次坐下来细谈。把账目从头念了一遍，一家人都在听。女主人问学校，男主人问地，老人问坟。",
        (PromiseText("星期五以前问清楚转学要什么材料，打电话回话。", (5,)),),
        (
            PaperOutcome(0, PromiseResult.KEPT, SaidBy.HELPER, 4),
            PaperOutcome(0, PromiseResult.KEPT, SaidBy.HOUSEHOLD, 6),
        ),
    ),
    (
        17,
        "院坝的丈量他们还是不放心，说比邻居家少。答应把丈量的记录找来给他们看。老人又问起祖坟怎么补。",
        (
            PromiseText("把院坝丈量的记录送来，一家一份。", (10,)),
            PromiseText("祖坟按这张表算，单坟500元一座。", (60,), "T5-LOCAL|list-1"),
            PromiseText("陪老人去乡卫生院把慢性病的手续办下来。", (22,)),
        ),
        (),
    ),
)
"""What is seen at the household that is shown first: how many days ago, what was said, what was promised, what became of it."""
