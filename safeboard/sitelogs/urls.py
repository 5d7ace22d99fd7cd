"""Addresses of the sitelogs room."""

from django.urls import URLPattern, URLResolver, path

from .views import answer, asking, board, clearing, door, exporting, intake, keeping, reviewing

app_name = "sitelogs"

ASKING: list[URLPattern] = [
    path("", asking.home, name="home"),
    path("ask/", asking.authority_new, name="authority-new"),
    path("authorities/<int:pk>/", asking.authority, name="authority"),
    path("authorities/<int:pk>/withdraw/", asking.withdraw, name="withdraw"),
    path("authorities/<int:pk>/ask/", asking.ask, name="ask"),
    path("questions/<int:pk>/", asking.question, name="question"),
    path("questions/<int:pk>/name/", asking.name, name="name"),
    path("questions/<int:pk>/answer/", answer.answer, name="answer"),
    path("questions/<int:pk>/counts/", answer.counts, name="counts"),
    path("questions/<int:pk>/line/", answer.line, name="line"),
    path("questions/<int:pk>/take/", answer.take, name="take"),
    path("questions/<int:pk>/take/<slug:kind>/", exporting.export, name="export"),
    path("questions/<int:pk>/take/<slug:kind>/<int:look>/", exporting.export_made, name="export-made"),
    path("second/", asking.second_list, name="second-list"),
    path("second/<int:pk>/", asking.second, name="second"),
]
KEEPING: list[URLPattern] = [
    path("who-may-ask/", clearing.clearances, name="clearances"),
    path("who-may-ask/<int:pk>/end/", clearing.end, name="clearance-end"),
    path("archive/", keeping.state, name="state"),
    path("archive/new/", keeping.log_new, name="log-new"),
    path("archive/holds/new/", keeping.hold_new, name="hold-new"),
    path("archive/holds/<int:pk>/release/", keeping.hold_release, name="hold-release"),
    path("archive/tokens/", keeping.doors, name="doors"),
    path("archive/tokens/<int:pk>/revoke/", keeping.door_close, name="door-close"),
    path("archive/upload/", intake.upload, name="upload"),
    path("archive/upload/<uuid:key>/", intake.look_over, name="upload-check"),
    path("archive/upload/<uuid:key>/discard/", intake.discard, name="upload-discard"),
    path("archive/of/<slug:key>/", keeping.log_change, name="log-change"),
    path("archive/of/<slug:key>/unreadable/", keeping.unreadable, name="unreadable"),
    path("archive/of/<slug:key>/verify/", keeping.verify, name="verify"),
    path("reviews/", reviewing.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("reviews/plan/<slug:key>/", reviewing.plan, name="review-plan"),
    path("reviews/begin/<slug:key>/", reviewing.begin, name="review-begin"),
    path("board/", board.board, name="board"),
    path("in/<slug:key>/", door.door, name="door"),
]
urlpatterns: list[URLPattern | URLResolver] = [*ASKING, *KEEPING]
