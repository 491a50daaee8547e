"""The kernel: what every room stands on — actors and their scope, the event ledger, encrypted fields, search, jobs."""
