"""The API under ``/api/v1/``: the same queries as the pages, as JSON. Amounts are integer fen."""
