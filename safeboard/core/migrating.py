"""How the first tables of a room are made: all at once."""

from __future__ import annotations

from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.state import ProjectState


class FirstTables(Migration):
    """A first migration, whose tables are made as they are at its end.

    Django draws every model that has to do with a changed one anew at each step, and here all have to do with all: a
    new database took half a minute. Drawn once for a room, it takes some seconds. The steps say the same as before to
    whoever reads them: ``makemigrations``, and the way back.
    """

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        """Make the tables; gives the state after it. TypeError for a step that a first migration does not have."""
        project_state.__dict__.pop("apps", None)  # drawn at the next use, with all that the steps add
        for step in self.operations:
            if not isinstance(step, CreateModel | AddField | AddIndex | AddConstraint):
                raise TypeError(f"{type(step).__name__} is for a later migration of {self.app_label}")
            step.state_forwards(self.app_label, project_state)
        for step in self.operations:
            if isinstance(step, CreateModel):
                schema_editor.create_model(project_state.apps.get_model(self.app_label, step.name))
        return project_state
