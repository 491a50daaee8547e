"""热线清单: the list of calls that the county's hotline (12345) hands over, read from a workbook or a text table."""

from yixian.engines.hotline.hotline_faults import HotlineFault
from yixian.engines.hotline.hotline_reader import Call, HotlineList, read_hotline
from yixian.engines.hotline.template import write_template

__all__ = ["Call", "HotlineFault", "HotlineList", "read_hotline", "write_template"]
