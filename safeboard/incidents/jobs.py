"""What the queue's worker does for the incident room."""

from __future__ import annotations

import csv
import io
import zipfile

from django_tasks import task

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.documents.cells import harmless
from safeboard.partnership import queries as partnership

from .models import Export, Incident
from .operations.exports import finished, note_progress
from .queries.exports import paper, still


@task()
def print_records(export: int, agency: int) -> None:
    """Print the records of an export, each as a PDF, into one ZIP file, as its maker may read them now."""
    with wall.open_for(casework=[agency]):
        row = Export.objects.select_related("made_by").get(pk=export)
        access, content = partnership.access_of(row.made_by, chosen=f"agency-{agency}"), None
        try:
            if access.agency_id == agency and access.can("incidents.export"):
                with wall.open_for(**partnership.scopes(access)):
                    content = _zip(access, row)
        finally:
            finished(by=access, export=row, content=content)


def _zip(access: Access, export: Export) -> bytes:
    incidents = list(still(access, export).select_related("setting", "reported_by", "concluded_by"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("contents.csv", _contents(incidents))
        for done, incident in enumerate(incidents, 1):
            archive.writestr(f"{incident.reference}.pdf", _pdf(access, incident))
            note_progress(export, done)
    return buffer.getvalue()


def _pdf(access: Access, incident: Incident) -> bytes:
    from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

    return render_pdf(paper(access, incident), title=incident.reference)


def _contents(incidents: list[Incident]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["reference", "reported"])
    writer.writerows([harmless(one.reference), one.reported_at.date().isoformat()] for one in incidents)
    return text.getvalue().encode("utf-8-sig")
