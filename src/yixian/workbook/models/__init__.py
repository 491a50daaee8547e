"""The workbook's tables."""

from yixian.workbook.models.batch import BatchState, ImportBatch

__all__ = ["BatchState", "ImportBatch"]
