"""测试自己的家目录: what a run of the tests makes in the temporary folder goes when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORKS = """
import os, django
django.setup()
from django.conf import settings
home = os.environ["YIXIAN_HOME"]
if not os.fork():
    raise SystemExit(0)
os.wait()
assert os.path.isdir(home), "gone with a child"
print(home)
"""


def test_it_goes_with_the_process_that_made_it(tmp_path: Path) -> None:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("YIXIAN_", "DATABASE_", "PYTEST_"))
    }
    environment = kept | {"TMPDIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "yixian.config.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", FORKS], check=False, capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == tmp_path
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("yixian-")] == []
