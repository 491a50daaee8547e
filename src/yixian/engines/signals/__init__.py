"""早期信号: where a question rises, about places and policies and never about persons.

`signals` reads how many households asked what in each week and says where that is no longer chance; `threshold` is how far
a sum must rise, set by simulation so that all series together give at most one false signal a week.
"""

from yixian.engines.signals.detection import MINIMUM, Signal, WeeklyCount, signals
from yixian.engines.signals.signal_errors import RowsInvalid, SignalsError
from yixian.engines.signals.thresholds import threshold

__all__ = ["MINIMUM", "RowsInvalid", "Signal", "SignalsError", "WeeklyCount", "signals", "threshold"]
