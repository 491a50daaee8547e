"""建表: a migration operation that creates all tables of a room from one rendering of the state.

Django renders every related model anew after each `CreateModel`, because each gives its neighbours a reverse relation.
Where all rooms refer to users, areas and households that is quadratic: 6,300 renderings for an empty database instead of
2,300, and most of the time it takes. A table needs nothing of what refers to it, so the tables of one room can all be
made from the state in which they all stand.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create these models' tables, each after those it refers to."""

    category = OperationCategory.ADDITION

    def __init__(self, models: list[CreateModel]) -> None:
        """``models`` are Django's own operations, written as `makemigrations` writes them."""
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models, and leave the rendering to whoever asks for the state next."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make the tables in order."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the tables, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate` and `sqlmigrate` print."""
        return "; ".join(model.describe() for model in self.models)
