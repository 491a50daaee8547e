"""工作组: from many voices about one clause to a decided standard, and back to everybody who spoke."""
