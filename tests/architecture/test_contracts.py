"""The contract that a room is entered by its doors alone bites."""

import pytest
from grimp import ImportGraph

from tests.architecture.contracts import DoorsContract

OPTIONS = {"package": "safeboard", "doors": ["models", "queries", "operations"], "open_rooms": ["core"]}


def check(importer: str, imported: str, **more):
    graph = ImportGraph()
    graph.add_module(importer)
    graph.add_module(imported)
    graph.add_import(importer=importer, imported=imported, line_number=3, line_contents="import")
    contract = DoorsContract("doors", {}, {**OPTIONS, "name": "doors", **more})
    return contract.check(graph, verbose=False)


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("safeboard.incidents.operations", "safeboard.partnership.queries", True),
        ("safeboard.incidents.operations", "safeboard.partnership.operations.imports", True),
        ("safeboard.incidents.operations", "safeboard.incidents.rules", True),
        ("safeboard.incidents.operations", "safeboard.core.wall", True),
        ("safeboard.incidents.tests.test_rules", "safeboard.partnership.rules", True),
        ("safeboard.incidents.operations", "django.db", True),
        ("safeboard.incidents.operations", "safeboard.partnership.rules", False),
        ("safeboard.incidents.views", "safeboard.partnership.forms", False),
        ("safeboard.incidents.views", "safeboard.partnership", False),
        ("safeboard.core.access", "safeboard.partnership.middleware", False),
    ],
)
def test_only_doors_lead_in(importer: str, imported: str, kept: bool):
    assert check(importer, imported).kept is kept


def test_an_exception_holds_for_its_pair_alone_and_has_to_be_needed():
    pair = "safeboard.web.settings -> safeboard.accounts.settings"
    assert check("safeboard.web.settings", "safeboard.accounts.settings", exceptions=[pair]).kept
    stale = check("safeboard.web.settings", "safeboard.accounts.models", exceptions=[pair])
    assert not stale.kept
    assert stale.metadata["unused"] == [pair]
