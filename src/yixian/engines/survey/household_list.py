"""户名单 (CSV): the households of a team's day as forms read a list from a file: by number, with what is shown of each.

Reference: ODK XForms Specification, external secondary instances: the columns ``name`` and ``label``, any others after them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

HOUSEHOLD_LIST = "households.csv"
COLUMNS = ("name", "label", "place")


def household_list_file(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """The file, of number, head and place of each household."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return stream.getvalue().encode()
