"""热线清单: the list of calls that the county's hotline (12345) hands over, read from a workbook or a text table."""

from yixian.engines.hotline.faults import Fault
from yixian.engines.hotline.reading import Call, HotlineList, read_hotline
from yixian.engines.hotline.template import write_template

__all__ = ["Call", "Fault", "HotlineList", "read_hotline", "write_template"]
