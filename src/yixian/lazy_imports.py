"""惰性导入: the heavy libraries, each imported when something of it is first used (lazy import, as PEP 810 and SPEC 1 mean it).

An idle process must not hold what only reckoning, solving, printing or decoding needs. So nothing else in the house imports
these libraries; a module that uses one takes it from here, at its top and under its usual short name::

    from yixian.lazy_imports import np, pa

and touches it inside functions only: what a module reads of it while it is loaded itself would load the library as well.
To the type checker these are the libraries themselves.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = [
    "Image",
    "ImageOps",
    "av",
    "duckdb",
    "np",
    "npt",
    "numba",
    "pa",
    "pa_csv",
    "pc",
    "pq",
    "pypinyin",
    "typst",
    "xls2xform",
    "xlsxwriter",
]


class LazyModule(ModuleType):
    """A stand-in for a module, which is imported at the first attribute that is read or set."""

    def __getattr__(self, name: str) -> Any:
        """The attribute of the real module."""
        return getattr(importlib.import_module(self.__name__), name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set it on the real module."""
        setattr(importlib.import_module(self.__name__), name, value)


if TYPE_CHECKING:
    import av
    import duckdb
    import numba
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pq
    import pypinyin
    import typst
    import xlsxwriter
    from PIL import Image, ImageOps
    from pyxform import xls2xform
else:
    av = LazyModule("av")
    duckdb = LazyModule("duckdb")
    numba = LazyModule("numba")
    np = LazyModule("numpy")
    npt = LazyModule("numpy.typing")
    pa = LazyModule("pyarrow")
    pc = LazyModule("pyarrow.compute")
    pa_csv = LazyModule("pyarrow.csv")
    pq = LazyModule("pyarrow.parquet")
    pypinyin = LazyModule("pypinyin")
    typst = LazyModule("typst")
    xls2xform = LazyModule("pyxform.xls2xform")
    xlsxwriter = LazyModule("xlsxwriter")
    Image = LazyModule("PIL.Image")
    ImageOps = LazyModule("PIL.ImageOps")
