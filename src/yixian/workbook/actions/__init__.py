"""Everything that brings a workbook in: stage it, check it, commit it, or lay it aside."""
