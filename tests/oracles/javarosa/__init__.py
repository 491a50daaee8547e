"""JavaRosa, the engine of ODK Collect, from the wheel of pyxform, on Debian's JDK: it fills forms as a phone would."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pyxform

from tests.oracles.filled import Filled

_HERE = Path(__file__).parent
_JAR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"


class JavaRosa:
    """The filler, compiled once into ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._path = f"{_JAR}:{folder}"
        command = ["javac", "-cp", str(_JAR), "-d", str(folder), str(_HERE / "FillForms.java")]
        subprocess.run(command, check=True, capture_output=True)

    def fill(self, form: Path, cases: Mapping[str, Mapping[str, str]]) -> dict[str, Filled]:
        """Every case filled in: answers by path, like ``item[2]/building/length``."""
        given = "".join(
            f"@{name}\n" + "".join(f"{path}\t{value}\n" for path, value in answers.items())
            for name, answers in cases.items()
        )
        command = [
            "java",
            "-Djava.awt.headless=true",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            self._path,
            "FillForms",
        ]
        result = subprocess.run(
            [*command, str(form)], check=True, capture_output=True, text=True, input=given, encoding="utf-8"
        )
        filled = {}
        for line in result.stdout.splitlines():
            if line.count("\t") == 2:
                name, refused, xml = line.split("\t")
                filled[name] = Filled(base64.b64decode(xml), tuple(refused.split()))
        assert filled.keys() == cases.keys(), result.stderr[-2000:]
        return filled

    def validate(self, form: Path) -> str:
        """What ODK Validate says of a form."""
        command = ["java", "-Djava.awt.headless=true", "-jar", str(_JAR), str(form)]
        result = subprocess.run(command, check=False, capture_output=True, text=True)
        return result.stdout + result.stderr
