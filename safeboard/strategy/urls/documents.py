"""Addresses of documents, their public pages, and the chronology."""

from django.urls import URLPattern, path, register_converter

from ..choices import DocumentKind, PartKind
from ..views import chronology, documents, documents_files, documents_parts, documents_reading, documents_states, public


class Kind:
    """A kind of document."""

    regex = "|".join(DocumentKind.values)
    to_python = to_url = staticmethod(str)


class Part:
    """A kind of part."""

    regex = "|".join(PartKind.values)
    to_python = to_url = staticmethod(str)


class Paper:
    """How a document is handed out."""

    regex = "docx|pdf"
    to_python = to_url = staticmethod(str)


class Listing:
    """How a table is handed out."""

    regex = "docx|pdf|xlsx"
    to_python = to_url = staticmethod(str)


register_converter(Kind, "document_kind")
register_converter(Part, "part_kind")
register_converter(Paper, "paper_ending")
register_converter(Listing, "listing_ending")

ONE = "documents/<uuid:document>/"
PART = f"{ONE}parts/<uuid:part>/"
VERSION = "versions/<uuid:version>/"

DOCUMENTS: list[URLPattern] = [
    path("documents/", documents.documents, name="documents"),
    path("documents/new/<document_kind:kind>/", documents.document_new, name="document-new"),
    path(ONE, documents.document, name="document"),
    path(f"{ONE}about/", documents.about, name="about"),
    path(f"{ONE}plan/", documents_parts.plan_table, name="plan-table"),
    path(f"{ONE}add/<part_kind:kind>/", documents_parts.part_add, name="part-add"),
    path(PART, documents_parts.part, name="part"),
    path(f"{PART}move/", documents_parts.part_move, name="part-move"),
    path(f"{PART}out/", documents_parts.part_out, name="part-out"),
    path(f"{PART}back/", documents_parts.part_back, name="part-back"),
    path(f"{ONE}changes/", documents_states.changes, name="changes"),
    path(f"{ONE}consult/", documents_states.consult, name="consult"),
    path(f"{ONE}redraft/", documents_states.redraft, name="redraft"),
    path(f"{ONE}ratify/", documents_states.ratify, name="ratify"),
    path(f"{ONE}publish/", documents_states.publish, name="publish"),
    path(f"{ONE}review/", documents_states.review, name="review"),
    path(f"{ONE}keep/", documents_states.keep, name="keep"),
    path(f"{ONE}supersede/", documents_states.supersede, name="supersede"),
    path(f"{ONE}comments/", documents_reading.comments, name="comments"),
    path(f"{ONE}comments/<uuid:comment>/", documents_reading.answer, name="answer"),
    path(f"{ONE}receipts/", documents_reading.receipts, name="receipts"),
    path(f"{ONE}draft.<paper_ending:ending>", documents_files.draft_file, name="draft-file"),
    path(VERSION, documents_reading.version, name="version"),
    path(f"{VERSION}comment/<uuid:part>/", documents_reading.comment, name="comment"),
    path(f"{VERSION}confirm/", documents_reading.version_confirm, name="confirm"),
    path(f"{VERSION}document.<paper_ending:ending>", documents_files.version_file, name="version-file"),
    path("public/<uuid:document>/", public.plain, name="public"),
    path("public/<uuid:document>/children/", public.children, name="public-children"),
    path("chronology/", chronology.chronology, name="chronology"),
    path("chronology.<listing_ending:ending>", chronology.chronology_file, name="chronology-file"),
    path("chronology/new/", chronology.event_new, name="event-new"),
    path("chronology/<uuid:event>/", chronology.event, name="event"),
    path("chronology/<uuid:event>/delete/", chronology.event_delete, name="event-delete"),
]
