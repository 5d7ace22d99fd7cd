"""Fictional spreadsheets for the tests of the import, with the columns of the real ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

GIAS_COLUMNS = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)"),
    *("TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)", "CloseDate"),
    *("PhaseOfEducation (name)", "Trusts (code)", "Trusts (name)", "Federations (name)", "Street", "Locality"),
    *("Address3", "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum"),
)
OWN_COLUMNS = (
    *("Agency", "Agency reference", "Kind of member", "Gives children access", "Gives us access to children"),
    *("Setting", "Kind of setting", "URN", "Street", "Town", "Postcode", "Telephone", "Who may use it"),
    *("Filtering provider", "Whose equipment", "Connection", "Filtering plan", "Acceptable-use policy"),
)


def school(urn: str, name: str, **more: str) -> dict[str, str]:
    """A row of the extract: an open, maintained school in a town that does not exist."""
    return {
        "URN": urn,
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": "Community school",
        "EstablishmentTypeGroup (name)": "Local authority maintained schools",
        "EstablishmentStatus (name)": "Open",
        "Street": "1 Wharf Lane",
        "Town": "Aldermouth",
        "Postcode": "ZZ1 1AA",
        "TelephoneNum": "01632960010",
        **more,
    }


def csv_file(rows: Iterable[Mapping[str, str]], columns: Iterable[str], encoding: str) -> io.BytesIO:
    """Rows as a CSV file with every cell quoted, as the register serves it."""
    columns = list(columns)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def gias(*rows: Mapping[str, str]) -> io.BytesIO:
    """The extract, in cp1252."""
    return csv_file(rows, GIAS_COLUMNS, "cp1252")


def own(*rows: Mapping[str, str]) -> io.BytesIO:
    """Our own template, in UTF-8."""
    return csv_file(rows, OWN_COLUMNS, "utf-8")
