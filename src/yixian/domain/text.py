"""文字: what a person typed, cut into tokens for a search, and made harmless where it is kept.

One token stands for each Han character, one for each run of Latin letters or digits, in the order of the text:
dictionaries cut names and villages wrongly; single characters and phrases never do.
"""

from __future__ import annotations

import re
import unicodedata

from yixian.domain.names import HAN

MAX_TOKEN_LENGTH = 64
"""Characters kept of a run of letters; databases refuse words of some thousand bytes."""

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_TOKEN = re.compile(rf"[{HAN}]|[a-z0-9]+")
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that nobody sees: soft hyphens, zero widths, fillers, tags, and what turns the direction of writing about."""

_JOINER = "\u200d"
_VARIANTS = "\ufe00-\ufe0f"
_ACCENTS = "\u0300-\u036f"
_INVISIBLE = re.compile(f"[{_UNSEEN}{_JOINER}{_VARIANTS}{_ACCENTS}]")
_LETTERS = str.maketrans({"đ": "d", "ı": "i"})
_HALF_WIDTH = str.maketrans({wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20})


def half_width(text: str) -> str:
    """全角转半角: full-width ASCII and the ideographic space made half-width; nothing else changes (² stays ²)."""
    return text.translate(_HALF_WIDTH)


def tokens(text: str) -> list[str]:
    """The tokens of a text: compatibility forms made plain (NFKD), letters lower-cased and without accents.

    ü becomes v, as pinyin is typed. Everything that is neither Han nor a Latin letter nor a digit only separates.
    """
    plain = unicodedata.normalize("NFKD", text.lower()).lower().replace("u\u0308", "v")
    return [
        token[:MAX_TOKEN_LENGTH] for token in _TOKEN.findall(_INVISIBLE.sub("", plain).translate(_LETTERS))
    ]


def phrases(query: str) -> list[list[str]]:
    """A query as groups of tokens: each run without blanks is one group, and its Han characters follow one another."""
    groups = [tokens(word) for word in query.split()]
    return [group for group in groups if group]


_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NO_CHARACTER = "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
"""Controls, halves of characters that no file can hold, and code points that will never be characters."""

_MONGOLIAN_LETTER = "\u1820-\u18aa"
_DROPPED = re.compile(f"[{_UNSEEN}{_NO_CHARACTER}]|(?<![{_MONGOLIAN_LETTER}])[\u180b-\u180f]")
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_EMOJI = f"(?:{_PICTURE}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?|[0-9#*]\ufe0f\u20e3)"
_JOINED = re.compile(f"({_EMOJI}(?:{_JOINER}{_EMOJI})*)|[{_JOINER}{_VARIANTS}]")
_COMPATIBLE_HAN = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_BLANKS = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_AT_LINE_END = re.compile(f"[{_BLANKS}]+(?=\n|\\Z)")
_BLANK_LINES = re.compile("\n{4,}")


def plain_text(value: str) -> str:
    """素文本: what a person typed, made harmless and honest: everything that is kept is seen where it stands.

    Line ends become newlines; controls (but newline and tab), zero-width, filling and directing characters, soft hyphens,
    tags and half characters go; joiners and variation selectors stay inside emoji only. Letters and accents are one
    character where there is one (NFC); Han characters stay as they were typed, the compatible ones too, which NFC would
    exchange for others in people's names. More than two blank lines become two; blanks at the ends of lines and blank lines
    around the whole go. Nothing else changes, and a text that went through once goes through unchanged.
    """
    text = _DROPPED.sub("", _LINE_END.sub("\n", value))
    text = _JOINED.sub(lambda found: found[1] or "", text)
    text = "".join(map(_composed, _COMPATIBLE_HAN.split(text)))
    return _BLANK_LINES.sub("\n\n\n", _AT_LINE_END.sub("", text)).strip("\n")


def _composed(run: str) -> str:
    return run if _COMPATIBLE_HAN.fullmatch(run) else unicodedata.normalize("NFC", run)


def typed_number(text: str) -> str:
    """A number as it is meant: full-width digits, a Chinese full stop for the point, thousands set apart."""
    plain = half_width(text).replace("。", ".").replace(" ", "").replace("\u00a0", "")
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
