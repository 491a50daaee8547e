"""外业应用: the installable page under ``/field/`` that takes a survey team's day along and works without a network."""
