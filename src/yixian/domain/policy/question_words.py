"""问句用词: the words of a question that say what it is about, and which of them a text holds.

Nothing is understood here and nothing is guessed: words that every question has are left out, and what is left is looked
for letter by letter. Han characters are compared as substrings, the longest first; Latin words by their beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from yixian.domain.policy.question_patterns import singular
from yixian.domain.text import tokens

_MAX_WORDS = 24
"""Words of a question that count."""

_MAX_WORD_LENGTH = 24
"""Han characters of one word that count; longer runs are cut into such pieces."""

# They ask, point, join or are polite; none names a thing or a right. A character that also stands inside names of things
# (地, 中, 过 ...) is not among them: 土地 must stay whole.
_ASKING_HAN = """
请问 想问 想问一下 问一下 怎么 怎么样 怎样 怎么办 怎么算 怎么补 怎么赔 什么 什么时候 为什么 多少 多少钱 几个 哪个 哪些 哪里
哪儿 还有 是不是 能不能 可不可以 可以 有没有 会不会 要不要 该不该 给不给 是否 如何 谁 我家 我们家 我们 我的 我 咱家 咱们 咱
你们 你 您 他们 他 她 它 家里 这个 那个 这些 那些 这 那 哪 的 了 吗 呢 吧 啊 呀 嘛 是 没有 也 就 还 又 很 太 和 给 在 或者 但是
因为 所以 如果 要是 的话 对于 关于 应该 应当 一个 一下 一样 请 谢谢 你好 您好 知道 以后 以前 时候
""".split()  # noqa: SIM905 - a list of words reads as words
_LIGHT_HAN = frozenset(
    "上下里中到去来会要能想人大小多少补赔给算得着过做用为从向被把对让跟按以及而但不都有没地些点个家年月日元钱发办领拿用"
)
"""Characters that say nothing when they stand alone; 坟, 墙, 树 or 灶 do."""

_THINGS_HAN = frozenset("坟墓墙房屋树井塘灶窑窖棚厕圈船")
"""Characters that name a thing by themselves: 祖坟 is asked for where a table says 坟墓, 老房 where it says 房屋."""

_ASKING_LATIN = frozenset(
    """
a an and any are as at be been being but by can cannot could did do does doing for from get gets give given got had has have
he her here him his how i if in into is it its let like many may me mine much my no not of on one or our ours out please she
should so some tell than that the their them then there these they this those to too us was we were what when where which who
whom whose why will with would yes you your yours about after all also because before more most need know want ask question
say hello thanks thank
""".split()  # noqa: SIM905
)
_HAN_ASKING = re.compile("|".join(sorted(_ASKING_HAN, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class WordsFound:
    """What of a question stands in a text: the pieces, in the order of the question, each once."""

    pieces: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.pieces)


def question_words(question: str) -> list[str]:
    """The words of a question that say what it is about, in their order, each once; at most 24."""
    words: dict[str, None] = {}
    for run in _runs(question):
        if run.isascii():
            if run not in _ASKING_LATIN and (len(run) > 1 or run.isdigit()):
                words[singular(run)] = None
        else:
            for piece in _HAN_ASKING.split(run):
                words |= dict.fromkeys(
                    piece[at : at + _MAX_WORD_LENGTH] for at in range(0, len(piece), _MAX_WORD_LENGTH)
                )
    return [word for word in words if word and word not in _LIGHT_HAN][:_MAX_WORDS]


def parts_to_look_for(words: list[str]) -> list[str]:
    """What an index is asked for, so that every text that holds a piece of a word is found.

    Two Han characters each, a single one only where the word has no more; Latin words whole.
    """
    parts: dict[str, None] = {}
    for word in words:
        if word.isascii() or len(word) == 1:
            parts[word] = None
        else:
            parts |= dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1))
    return list(parts)


def things_in(words: list[str]) -> list[str]:
    """The single characters of these words that name a thing, each once: looked for where the words stand nowhere."""
    return list(dict.fromkeys(letter for word in words for letter in word if letter in _THINGS_HAN))


def found_in(words: list[str], text: str) -> WordsFound:
    """Which pieces of the words stand in a text: of Han words the longest substrings of two characters or more."""
    han, latin = _runs_by_script(text)
    pieces: dict[str, None] = {}
    for word in words:
        if word.isascii():
            if _APART + word in latin:
                pieces[word] = None
        else:
            pieces |= dict.fromkeys(_longest_pieces(word, han))
    return WordsFound(tuple(pieces))


def holds_all(question: str, pieces: tuple[str, ...]) -> bool:
    """Whether these pieces are all that a question says: its words without them leave only characters that say nothing."""
    words = question_words(question)
    for piece in sorted(pieces, key=len, reverse=True):
        words = [word.replace(piece, "") for word in words]
    return bool(pieces) and all(not word or set(word) <= _LIGHT_HAN for word in words)


def weight(pieces: tuple[str, ...], how_many_hold: dict[str, int], of: int) -> int:
    """How much it says that a text holds these pieces: longer pieces and those that few of the texts hold count more."""
    return sum(_said(piece) ** 2 * of * 10 // how_many_hold[piece] for piece in pieces)


def _said(piece: str) -> int:
    """Characters of a piece that say something, one at least."""
    return max(1, sum(letter not in _LIGHT_HAN for letter in piece))


_APART = "\n"
"""Stands before each run: no word holds it, so nothing is found across two runs."""


@lru_cache(maxsize=4096)
def _runs_by_script(text: str) -> tuple[str, str]:
    """The Han and the Latin runs of a text: clauses and what they are called are asked about again and again."""
    runs = _runs(text)
    han, latin = ([run for run in runs if run.isascii() == of_latin] for of_latin in (False, True))
    return _APART + _APART.join(han), _APART + _APART.join(latin)


def _longest_pieces(word: str, runs: str) -> list[str]:
    """From the left, the longest substring that some run holds, then on after its end.

    Of what a run holds it holds every beginning, too: a piece is lengthened until it is held no more.
    """
    shortest = min(2, len(word))
    found, at = [], 0
    while at + shortest <= len(word):
        end = at + shortest
        if word[at:end] not in runs:
            at += 1
            continue
        while end < len(word) and word[at : end + 1] in runs:
            end += 1
        found.append(word[at:end])
        at = end
    return found


def _runs(text: str) -> list[str]:
    """The text's tokens, neighbouring Han characters joined; punctuation between them parts them."""
    runs: list[str] = []
    for stretch in re.split(r"[^\w]+", text):
        joins = False
        for token in tokens(stretch):
            if token.isascii():
                runs.append(token)
                joins = False
            elif joins:
                runs[-1] += token
            else:
                runs.append(token)
                joins = True
    return runs
