"""What the queue's worker does for the library."""

from django_tasks import task

from safeboard.documents.prepared import keep

from . import queries


@task()
def make_poster(
    key: str,
    pack: str,
    name: str,
    version: int,
    paper: str,
    place: str,
    contacts: dict[str, list[str]],
    language: str,
    kept_in: str = "",
) -> None:
    """Draw a chart's poster with its local contacts (name, telephone, hours by kind) and keep it under ``key``.

    ``kept_in``: under which key the version is published, where it is a local copy of the pack's chart.
    """
    from . import poster  # heavy: the worker pays for it only where somebody wants a poster

    lines = {kind: poster.ContactLine(*line) for kind, line in contacts.items()}
    chart = queries.chart(kept_in or pack, name, version)
    keep(key, poster.poster(chart, queries.pack(pack), lines, paper=paper, place=place, language=language))
