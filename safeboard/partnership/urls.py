"""Addresses of the partnership room."""

from django.urls import URLPattern, URLResolver, path, register_converter

from .views import agencies, boards, contacts, imports, invitation, people, place, settings

app_name = "partnership"


class Ending:
    """How a spreadsheet is wanted."""

    regex = "xlsx|csv"
    to_python = to_url = staticmethod(str)


register_converter(Ending, "ending")

urlpatterns: list[URLPattern | URLResolver] = [
    path("place/", place.choose_place, name="choose-place"),
    path("board/", boards.board, name="board"),
    path("board/change/", boards.change, name="board-change"),
    path("board/duty-point/", boards.duty_point, name="duty-point"),
    path("boards/", boards.boards, name="boards"),
    path("boards/add/", boards.add, name="board-add"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.add, name="agency-add"),
    path("agencies/subgroup/", agencies.subgroup, name="subgroup"),
    path("agencies/download.<ending:ending>", agencies.download, name="agencies-download"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/change/", agencies.change, name="agency-change"),
    path("agencies/<int:pk>/seat/", agencies.seat, name="seat"),
    path("agencies/<int:pk>/boards/add/", agencies.other_board, name="other-board"),
    path("agencies/<int:pk>/boards/<int:board_pk>/leave/", agencies.leave_board, name="leave-board"),
    path("agencies/<int:pk>/settings/add/", settings.add, name="setting-add"),
    path("agencies/<int:pk>/contacts/add/", contacts.add, name="contact-add"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<int:pk>/", settings.setting, name="setting"),
    path("settings/<int:pk>/change/", settings.change, name="setting-change"),
    path("settings/<int:pk>/close/", settings.close, name="setting-close"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/add/", contacts.add_board, name="board-contact-add"),
    path("contacts/board/<int:pk>/", contacts.change_board, name="board-contact"),
    path("contacts/<int:pk>/", contacts.change, name="contact"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/roles/", people.roles, name="roles"),
    path("people/own/<int:pk>/give-up/", people.give_up, name="give-up"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("people/invitations/<int:pk>/resend/", people.resend, name="resend"),
    path("invitations/<str:secret>/", invitation.accept, name="accept"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template.<ending:ending>", imports.template, name="import-template"),
    path("imports/guide.xlsx", imports.guide, name="import-guide"),
    path("imports/<int:pk>/", imports.preview, name="import"),
    path("imports/<int:pk>/run/", imports.run, name="import-run"),
]
