"""抽样: who is looked at, how many, and what the answer is worth.

`draw` and `draw_by_stratum` draw from a public seed, so that anybody can draw again; `required` and `faultless` say how
many are enough; `wilson` gives the bounds of a share, `most_wrong` how many may be wrong after a draw.
"""

from yixian.engines.sampling.drawing import draw, draw_by_stratum
from yixian.engines.sampling.intervals import Interval, wilson
from yixian.engines.sampling.sizing import Z_95, faultless, required
from yixian.engines.sampling.wrong_bound import most_wrong

__all__ = ["Z_95", "Interval", "draw", "draw_by_stratum", "faultless", "most_wrong", "required", "wilson"]
