"""程序文件: procedures and calendars read from a pack's files and proven, and matters followed from files to files."""

from yixian.engines.procedure.checking import check_procedures
from yixian.engines.procedure.loading import (
    ProcedurePack,
    calendar_of,
    load_procedures,
    procedures_of,
    read_texts,
)
from yixian.engines.procedure.replay_files import replay_files

__all__ = [
    "ProcedurePack",
    "calendar_of",
    "check_procedures",
    "load_procedures",
    "procedures_of",
    "read_texts",
    "replay_files",
]
