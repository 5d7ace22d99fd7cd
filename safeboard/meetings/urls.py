"""Addresses of the meetings room."""

from django.urls import URLPattern, URLResolver, path, register_converter

from .views import agenda, meetings, members, minutes, officer, reports, terms

app_name = "meetings"


class Sheet:
    """Paper, or a workbook."""

    regex = "pdf|xlsx"
    to_python = to_url = staticmethod(str)


class Written:
    """Paper, or Word."""

    regex = "pdf|docx"
    to_python = to_url = staticmethod(str)


class Way:
    """Where an item moves."""

    regex = "up|down"
    to_python = to_url = staticmethod(str)


register_converter(Sheet, "sheet")
register_converter(Written, "written")
register_converter(Way, "way")

ONE = "meetings/<int:pk>/"
ITEM = f"{ONE}items/<int:item>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", members.subgroup, name="subgroup"),
    path("members/add/", members.add, name="member-add"),
    path("members/<int:pk>/", members.change, name="member"),
    path("members/<int:pk>/end/", members.end, name="member-end"),
    path("jobs/", members.descriptions, name="jobs"),
    path("terms/", terms.terms, name="terms"),
    path("terms/begin/", terms.begin, name="terms-begin"),
    path("terms/draft/", terms.write, name="terms-draft"),
    path("terms/agree/", terms.agree, name="terms-agree"),
    path("terms/<int:number>/", terms.version, name="terms-version"),
    path("officer/", officer.officer, name="officer"),
    path("officer/add/", officer.add, name="work-add"),
    path("officer/<int:pk>/strike/", officer.strike, name="work-strike"),
    path("officer/<int:year>.<sheet:ending>", officer.paper, name="officer-paper"),
    path("report/", reports.report, name="report"),
    path("report.<written:ending>", reports.paper, name="report-paper"),
    path("report/give/", reports.give, name="report-give"),
    path("report/<int:given>/", reports.given, name="report-given"),
    path("report/<int:given>.<written:ending>", reports.given_paper, name="report-given-paper"),
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/calendar.ics", meetings.calendar, name="calendar"),
    path("meetings/add/", meetings.add, name="meeting-add"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}change/", meetings.change, name="meeting-change"),
    path(f"{ONE}cancel/", meetings.cancel, name="meeting-cancel"),
    path(f"{ONE}call/", meetings.call, name="meeting-call"),
    path(f"{ONE}meeting.ics", meetings.invitation, name="invitation"),
    path(f"{ONE}answer/", meetings.answer, name="answer"),
    path(f"{ONE}attendance/", meetings.attendance, name="attendance"),
    path(f"{ONE}interest/", meetings.interest, name="interest"),
    path(f"{ONE}assemble/", agenda.assemble, name="assemble"),
    path(f"{ONE}items/add/", agenda.add, name="item-add"),
    path(ITEM, agenda.change, name="item"),
    path(f"{ITEM}move-<way:way>/", agenda.move, name="item-move"),
    path(f"{ITEM}remove/", agenda.remove, name="item-remove"),
    path(f"{ITEM}papers/add/", agenda.paper_add, name="paper-add"),
    path(f"{ITEM}minute/", minutes.minute, name="minute"),
    path(f"{ITEM}decide/", minutes.decide, name="decide"),
    path(f"{ITEM}action/", minutes.action, name="action"),
    path(f"{ONE}reports/add/", reports.receive, name="report-receive"),
    path(f"{ITEM}report/", reports.change, name="report-change"),
    path(f"{ONE}papers/<int:paper>/", agenda.paper, name="paper"),
    path(f"{ONE}papers/<int:paper>/remove/", agenda.paper_remove, name="paper-remove"),
    path(f"{ONE}pack/", agenda.ask, name="pack-ask"),
    path(f"{ONE}pack/<int:pack>/", agenda.pack, name="pack"),
    path(f"{ONE}pack/<int:pack>/take/", agenda.pack_take, name="pack-take"),
    path(f"{ONE}minutes/", minutes.minutes, name="minutes"),
    path(f"{ONE}minutes.<written:ending>", minutes.paper, name="minutes-paper"),
    path(f"{ONE}clashes/<int:clash>/", minutes.clash, name="clash"),
    path(f"{ONE}approve/<int:earlier>/", minutes.approve, name="approve"),
]
