"""入库: from a plan to rows, one file a subject. Called inside one transaction by `yixian.workbook.actions.commit`."""

from yixian.workbook.committing.apply import apply_plan

__all__ = ["apply_plan"]
