"""程序文件: procedures and calendars read from a pack's files and proven, and matters followed from files to files."""

from yixian.engines.procedure.checking import check_procedures
from yixian.engines.procedure.following import follow_files
from yixian.engines.procedure.loading import ProcedurePack, load_procedures, procedures_of, read_texts

__all__ = [
    "ProcedurePack",
    "check_procedures",
    "follow_files",
    "load_procedures",
    "procedures_of",
    "read_texts",
]
