"""A contract for import-linter: a room is entered by its doors alone."""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """From another room only the modules named as doors are imported; tests are free to do as they like.

    ``package`` holds the rooms, ``doors`` are names of modules (or packages) right below a room, and of
    ``open_rooms`` every module may be imported. A way in that is owed an exception is listed, with its reason
    beside it, in ``exceptions`` as "importer -> imported".
    """

    type_name = "doors"

    package = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_rooms = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    exceptions = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every import from one room to another, less those that go by a door."""
        wrong = []
        unused = set(self.exceptions)
        for importer in sorted(graph.modules):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not self._enters(importer, imported):
                    continue
                pair = f"{importer} -> {imported}"
                unused.discard(pair)
                if pair not in self.exceptions:
                    details = graph.get_import_details(importer=importer, imported=imported)
                    wrong.append((importer, imported, [detail["line_number"] for detail in details]))
        return ContractCheck(kept=not wrong and not unused, metadata={"wrong": wrong, "unused": sorted(unused)})

    def _enters(self, importer: str, imported: str) -> bool:
        """Whether that import enters another room otherwise than by a door."""
        here, there = importer.split("."), imported.split(".")
        if here[0] != self.package or there[0] != self.package or len(here) < 2 or len(there) < 2:
            return False
        if here[1] == there[1] or there[1] in self.open_rooms or "tests" in here:
            return False
        return len(there) < 3 or there[2] not in self.doors

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import with its line, and say what to do instead."""
        for importer, imported, lines in check.metadata["wrong"]:
            output.print_error(f"- {importer} -> {imported} (l. {', '.join(map(str, lines))})", bold=False)
        for pair in check.metadata["unused"]:
            output.print_error(f"- the exception {pair} is not needed any more", bold=False)
        output.new_line()
        output.print(f"Import {', '.join(sorted(self.doors))} of that room, or add there what is missing.")
