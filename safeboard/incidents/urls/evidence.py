"""Addresses of an incident's evidence, its files and its packs."""

from django.urls import URLPattern, path

from ..views import evidence, evidence_files, evidence_packs

EVIDENCE: list[URLPattern] = [
    path("<int:pk>/evidence/", evidence.register, name="evidence"),
    path("<int:pk>/evidence/add/", evidence.take_in, name="evidence-add"),
    path("<int:pk>/evidence/<int:item>/", evidence.item, name="evidence-item"),
    path("<int:pk>/evidence/<int:item>/hand-over/", evidence.hand_over, name="evidence-hand-over"),
    path("<int:pk>/evidence/<int:item>/custody.pdf", evidence.custody_sheet, name="evidence-custody"),
    path("<int:pk>/evidence/<int:item>/files/add/", evidence_files.add, name="evidence-file-add"),
    path("<int:pk>/evidence/<int:item>/files/<int:file>/", evidence_files.take_out, name="evidence-file"),
    path("<int:pk>/evidence/<int:item>/files/<int:file>/removed/", evidence_files.remove, name="evidence-file-removed"),
    path("<int:pk>/evidence/packs/", evidence_packs.ask, name="evidence-packs"),
    path("<int:pk>/evidence/packs/<int:pack>/", evidence_packs.pack, name="evidence-pack"),
    path("<int:pk>/evidence/packs/<int:pack>/take/", evidence_packs.take, name="evidence-pack-take"),
]
