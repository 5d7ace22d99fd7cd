"""Addresses of looking back: debriefs, serious incidents, lessons, near misses, the review of the log."""

from django.urls import URLPattern, path

from ..views import board_reviews, lessons, log_reviews, near_misses, reviewing, serious

LOOKING_BACK: list[URLPattern] = [
    path("<int:pk>/review/", reviewing.review, name="review"),
    path("<int:pk>/review/debrief/", reviewing.debrief, name="debrief"),
    path("<int:pk>/review/no-debrief/", reviewing.debrief_skip, name="debrief-skip"),
    path("<int:pk>/review/ask/", reviewing.debrief_ask, name="debrief-ask"),
    path("<int:pk>/review/serious/", serious.serious, name="serious"),
    path("<int:pk>/review/serious/ready/", serious.serious_ask, name="serious-ask"),
    path("serious/", serious.serious_list, name="serious-list"),
    path("serious/<int:serious>/", serious.serious_confirm, name="serious-confirm"),
    path("board-reviews/", board_reviews.board_reviews, name="board-reviews"),
    path("board-reviews/<int:board_review>/", board_reviews.board_review, name="board-review"),
    path(
        "board-reviews/<int:board_review>/considered/",
        board_reviews.board_review_considered,
        name="board-review-considered",
    ),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/new/", lessons.lesson_new, name="lesson-new"),
    path("lessons/<uuid:lesson>/", lessons.lesson, name="lesson"),
    path("lessons/<uuid:lesson>/change/", lessons.lesson_change, name="lesson-change"),
    path("lessons/<uuid:lesson>/done/", lessons.lesson_done, name="lesson-done"),
    path("lessons/<uuid:lesson>/plan/", lessons.lesson_plan, name="lesson-plan"),
    path("lessons/<uuid:lesson>/look/", lessons.lesson_look, name="lesson-look"),
    path("lessons/<uuid:lesson>/share/", lessons.lesson_share, name="lesson-share"),
    path("near-misses/", near_misses.near_misses, name="near-misses"),
    path("near-misses/new/", near_misses.near_miss_new, name="near-miss-new"),
    path("near-misses/<uuid:near_miss>/report/", near_misses.near_miss_report, name="near-miss-report"),
    path("log-reviews/", log_reviews.log_reviews, name="log-reviews"),
    path("log-reviews/new/", log_reviews.log_review_new, name="log-review-new"),
    path("log-reviews/<int:log_review>/", log_reviews.log_review, name="log-review"),
    path("log-reviews/<int:log_review>/next/", log_reviews.log_review_next, name="log-review-next"),
    path(
        "log-reviews/<int:log_review>/governors.pdf",
        log_reviews.log_review_paper,
        {"paper": "governors"},
        name="governors-report",
    ),
    path("log-reviews/<int:log_review>/team.pdf", log_reviews.log_review_paper, {"paper": "team"}, name="team-page"),
]
