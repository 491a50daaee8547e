"""The workbook: the county's spreadsheets in and out — template, staging, check, commit, export."""
