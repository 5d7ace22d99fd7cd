"""Who reaches what: the table that the matrix is held against. It is written by hand, from docs/security.md.

A route that is new fails the matrix until it has a line here: who carries the page's permission (``page``), who of them
may also do it to the record at hand (``does``, where that is fewer), and what fills the gaps of its address (``GAPS``).
Whoever lacks the role gets 403, whoever asks for a record that is not theirs to know of 404, whoever is not signed in
the way to sign-in. "Reaching" is any answer from 200 to 399.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Kinds = frozenset[str]


def kinds(text: str) -> Kinds:
    """The kinds of people of a line."""
    return frozenset(text.split())


NOBODY = kinds("")
LEAD = kinds("lead reporting_lead")
STAFF = kinds("staff colleague")
OFFICERS = kinds("designated_officer subject")
INSPECTOR = kinds("inspector")
AGENCY = (
    kinds("responsible_person allegations_officer infrastructure senior_person") | LEAD | STAFF | OFFICERS | INSPECTOR
)
REPORTERS = AGENCY - INSPECTOR
RUNNERS = kinds("board_manager board_officer")
BOARD = RUNNERS | kinds("subgroup_member board_inspector")
ADMINISTRATOR = kinds("administrator")
PLACED = AGENCY | BOARD | ADMINISTRATOR
KEEPERS = LEAD | RUNNERS
ANSWERING = LEAD | OFFICERS | kinds("responsible_person")

# Incidents, by what the incident is. The report is always by "staff", in the far agency by its lead.
WROTE = kinds("staff reporting_lead")
CASE = kinds("lead reporting_lead designated_officer subject")
FEW = kinds("designated_officer subject responsible_person allegations_officer")
SEES: Mapping[str, Kinds] = {
    "plain": WROTE | CASE | INSPECTOR,
    "images": WROTE | CASE | INSPECTOR,
    "concluded": WROTE | CASE | INSPECTOR,
    "allegation": WROTE | FEW,
    "about_subject": (WROTE | FEW) - kinds("subject"),
    "by_name": (WROTE | FEW) - kinds("responsible_person"),
}
HANDLES: Mapping[str, Kinds] = {
    **dict.fromkeys(("plain", "images", "concluded"), CASE),
    **dict.fromkeys(("allegation", "about_subject", "by_name"), FEW),
}
OPEN_CASES = [case for case in SEES if case != "concluded"]


@dataclass(frozen=True)
class Expect:
    """What is expected of a route. ``post``: who may do it by POST, where that differs from ``does``.

    ``board``: boards know the records of the agencies that sit in them.
    """

    page: Kinds
    does: Kinds | Mapping[str, Kinds] | None = None
    sees: Mapping[str, Kinds] = field(default_factory=dict)
    board: bool = False
    post: Mapping[str, Kinds] | None = None

    def does_it(self, kind: str, case: str, method: str) -> bool:
        """Whether that kind of person, who may know of the record, may do this to it."""
        does = self.post if method == "POST" and self.post is not None else self.does
        if isinstance(does, Mapping):
            return kind in does.get(case, NOBODY)
        return does is None or kind in does


def incident(page: Kinds, does: Mapping[str, Kinds] | None = None, post: Mapping[str, Kinds] | None = None) -> Expect:
    """A page of one incident."""
    return Expect(page, does=does, sees=SEES, post=post)


def while_open(page: Kinds, does: Mapping[str, Kinds]) -> Expect:
    """A page of an open incident. A post to one that is concluded meanwhile is answered beside what was typed."""
    return incident(page, of_open(does), does)


def only(page: Kinds, *who: str) -> Expect:
    """A page of something that belongs to one person."""
    return Expect(page, sees={"": frozenset(who)})


def of_open(table: Mapping[str, Kinds]) -> dict[str, Kinds]:
    """The same table for incidents that are not concluded."""
    return {case: table[case] for case in OPEN_CASES}


def without_images(table: Mapping[str, Kinds]) -> dict[str, Kinds]:
    """The same table, where files are refused to everybody: about images of children (PCA 1978 s.1)."""
    return {**table, "images": NOBODY}


CAN_HANDLE = CASE | FEW
REPORTED_OR_HANDLES = {case: WROTE | HANDLES[case] for case in SEES}
READ = incident(AGENCY)
NOTE = while_open(REPORTERS, REPORTED_OR_HANDLES)
STEP = incident(REPORTERS, of_open(REPORTED_OR_HANDLES))
REFER = incident(REPORTERS, REPORTED_OR_HANDLES)
CHANGE = while_open(CAN_HANDLE, HANDLES)
HANDLE = incident(CAN_HANDLE, HANDLES)
READ_ALL = incident(CAN_HANDLE | INSPECTOR, {case: HANDLES[case] | (INSPECTOR & SEES[case]) for case in SEES})
# Concerns about staff: there is no such page of any other incident.
CONCERNS = {case: SEES[case] if case in ("allegation", "about_subject", "by_name") else NOBODY for case in SEES}
# A referral to the agency, before an incident is made of it: whoever deals with incidents that are no allegations.
RECEIVED = {"": CASE - kinds("subject")}
DRAFT = only(REPORTERS, "staff", "reporting_lead")
# What was sent in without an account: for the designated officer; the head only where it is late or urgent.
WORRY = Expect(OFFICERS | kinds("responsible_person"), sees={"": OFFICERS})
VIEW = only(AGENCY, "staff", "reporting_lead")

# A local copy of a chart has the same address in every place, and is the own place's.
OF_CHARTS = Expect(LEAD | OFFICERS | RUNNERS)

# Looking back: who reads texts for the board, lessons, and the review of the log.
SUBGROUP = RUNNERS | kinds("subgroup_member")
READS_WHOLE = {case: HANDLES[case] | INSPECTOR for case in SEES}
LOG = CASE | INSPECTOR | kinds("responsible_person")
SERIOUS: Mapping[str, Kinds] = {
    **dict.fromkeys(("plain", "images", "concluded"), CASE | kinds("responsible_person")),
    "allegation": FEW,
    "about_subject": FEW - kinds("subject"),
    "by_name": FEW - kinds("responsible_person"),
}
# In the far agency the reporting lead prepared it.
SECOND = {case: people - kinds("reporting_lead") for case, people in SERIOUS.items()}
KEEP_LESSON = Expect(REPORTERS | SUBGROUP, sees={"": CAN_HANDLE | BOARD})

ROUTES: dict[str, Expect] = {
    "home": Expect(PLACED),
    "partnership:choose-place": Expect(PLACED),
    "partnership:board": Expect(BOARD),
    "partnership:board-change": Expect(RUNNERS),
    "partnership:boards": Expect(ADMINISTRATOR),
    "partnership:board-add": Expect(ADMINISTRATOR),
    "partnership:agencies": Expect(AGENCY | BOARD),
    "partnership:agency-add": Expect(RUNNERS),
    "partnership:subgroup": Expect(BOARD),
    "partnership:agencies-download": Expect(BOARD),
    "partnership:agency": Expect(AGENCY | BOARD, board=True),
    "partnership:agency-change": Expect(KEEPERS, board=True),
    "partnership:seat": Expect(RUNNERS, board=True),
    "partnership:other-board": Expect(KEEPERS, board=True),
    "partnership:leave-board": Expect(AGENCY | BOARD, does=KEEPERS, board=True),
    "partnership:setting-add": Expect(KEEPERS, board=True),
    "partnership:contact-add": Expect(KEEPERS, board=True),
    "partnership:settings": Expect(AGENCY | BOARD),
    "partnership:setting": Expect(AGENCY | BOARD, board=True),
    "partnership:setting-change": Expect(KEEPERS, board=True),
    "partnership:setting-close": Expect(KEEPERS, board=True),
    "partnership:contacts": Expect(AGENCY | BOARD),
    "partnership:board-contact-add": Expect(RUNNERS),
    "partnership:board-contact": Expect(RUNNERS),
    "partnership:contact": Expect(KEEPERS, board=True),
    "partnership:people": Expect(ANSWERING | RUNNERS | ADMINISTRATOR),
    "partnership:invite": Expect(KEEPERS),
    "partnership:roles": Expect(KEEPERS | ADMINISTRATOR),
    "partnership:give-up": only(PLACED, "staff", "reporting_lead", "board_officer"),
    "partnership:withdraw": Expect(KEEPERS | ADMINISTRATOR),
    "partnership:resend": Expect(KEEPERS | ADMINISTRATOR),
    "partnership:imports": Expect(RUNNERS),
    "partnership:import-template": Expect(RUNNERS),
    "partnership:import-guide": Expect(RUNNERS),
    "partnership:import": Expect(RUNNERS),
    "partnership:import-run": Expect(RUNNERS),
    "charts:list": Expect(AGENCY | BOARD),
    "charts:directory": Expect(AGENCY | BOARD),
    "charts:chart": Expect(AGENCY | BOARD),
    "charts:poster": Expect(AGENCY | BOARD),
    **{f"charts:{page}": OF_CHARTS for page in ("begin", "own", "about", "add", "at", "part-add", "part", "arrange")},
    **{f"charts:{page}": OF_CHARTS for page in ("take-back", "trial", "publish", "discard", "withdraw")},
    **{f"charts:{page}": OF_CHARTS for page in ("original", "version")},
    "outbox:messages": Expect(PLACED),
    "outbox:message": only(PLACED, "staff", "reporting_lead", "board_officer"),
    "outbox:service": Expect(ADMINISTRATOR),
    "outbox:again": Expect(ADMINISTRATOR),
    "api:tokens": Expect(LEAD | OFFICERS | RUNNERS),
    "api:token-new": Expect(LEAD | OFFICERS | RUNNERS),
    "api:token-revoke": Expect(LEAD | OFFICERS | RUNNERS),
    "insight:picture": Expect(BOARD),
    "insight:download": Expect(BOARD),
    "insight:paper": Expect(BOARD),
    "incidents:report": Expect(REPORTERS),
    "incidents:drafts": Expect(REPORTERS),
    **{f"incidents:report-{page}": DRAFT for page in ("images", "kind", "what", "where", "who", "person")},
    **{f"incidents:report-{page}": DRAFT for page in ("person-remove", "done", "sort", "check", "sent", "discard")},
    "incidents:alerts": Expect(CAN_HANDLE),
    "incidents:alerts-dismiss": Expect(CAN_HANDLE),
    "incidents:alert": Expect(CAN_HANDLE, sees={"": CASE}),
    "incidents:child-tells": Expect(REPORTERS),
    "incidents:worries": Expect(OFFICERS | kinds("responsible_person")),
    **{f"incidents:{page}": WORRY for page in ("worry", "worry-incident", "worry-pass", "worry-end")},
    "partnership:duty-point": Expect(RUNNERS),
    "incidents:list": Expect(AGENCY),
    "incidents:list-download": Expect(AGENCY),
    "incidents:search": Expect(AGENCY),
    "incidents:calendar": Expect(AGENCY),
    "incidents:views": Expect(AGENCY),
    "incidents:view-save": Expect(AGENCY),
    **{f"incidents:{page}": VIEW for page in ("view", "view-rename", "view-default", "view-remove")},
    "incidents:export": Expect(CAN_HANDLE),
    "incidents:export-made": only(CAN_HANDLE, "reporting_lead"),
    "incidents:export-file": only(CAN_HANDLE, "reporting_lead"),
    **{f"incidents:evidence{what}": HANDLE for what in ("", "-item", "-custody", "-hand-over", "-packs", "-pack")},
    "incidents:evidence-add": CHANGE,
    "incidents:evidence-file-add": incident(CAN_HANDLE, HANDLES, post=without_images(HANDLES)),
    "incidents:evidence-file": incident(CAN_HANDLE, without_images(HANDLES)),
    "incidents:evidence-file-removed": incident(OFFICERS, {case: HANDLES[case] & OFFICERS for case in SEES}),
    # A pack is for who asked for it: in the stock, who reported.
    "incidents:evidence-pack-take": incident(CAN_HANDLE, {case: HANDLES[case] & WROTE for case in SEES}),
    "incidents:review": incident(CAN_HANDLE | INSPECTOR, READS_WHOLE),
    **{f"incidents:debrief{page}": incident(CAN_HANDLE, HANDLES) for page in ("", "-skip", "-ask")},
    "incidents:serious": incident(CAN_HANDLE, HANDLES),
    "incidents:serious-ask": incident(CAN_HANDLE, HANDLES),
    "incidents:serious-list": Expect(CAN_HANDLE),
    "incidents:serious-confirm": Expect(CAN_HANDLE, sees=SERIOUS, post=SECOND),
    "incidents:board-reviews": Expect(BOARD),
    "incidents:board-review": Expect(BOARD, post={"": SUBGROUP}),
    "incidents:board-review-considered": Expect(SUBGROUP),
    "incidents:lessons": Expect(AGENCY | BOARD),
    "incidents:lesson-new": Expect(CAN_HANDLE | SUBGROUP),
    "incidents:lesson": Expect(AGENCY | BOARD, sees={"": CAN_HANDLE | INSPECTOR | BOARD}),
    **{f"incidents:lesson-{page}": KEEP_LESSON for page in ("change", "done", "look")},
    "incidents:lesson-share": Expect(CAN_HANDLE),
    "incidents:near-misses": Expect(AGENCY),
    "incidents:near-miss-new": Expect(REPORTERS),
    "incidents:near-miss-report": Expect(CASE),
    **{f"incidents:{page}": Expect(LOG) for page in ("log-reviews", "log-review", "governors-report", "team-page")},
    "incidents:log-review-new": Expect(CASE),
    "incidents:log-review-next": Expect(CASE),
    "incidents:record": READ,
    "incidents:people": READ,
    "incidents:duties": READ,
    "incidents:referrals": READ,
    "incidents:referral": READ,
    "incidents:walk-chart": READ,
    "incidents:note": NOTE,
    "incidents:person-add": NOTE,
    "incidents:written-record": NOTE,
    "incidents:duty-done": STEP,
    "incidents:duty-drop": CHANGE,
    "incidents:walk-start": NOTE,
    "incidents:walk": incident(AGENCY, SEES, post=of_open(REPORTED_OR_HANDLES)),
    "incidents:walk-back": STEP,
    "incidents:person-account": CHANGE,
    "incidents:change": CHANGE,
    "incidents:history": incident(CAN_HANDLE, HANDLES),
    "incidents:conclude": CHANGE,
    "incidents:reopen": incident(CAN_HANDLE, {**of_open(SEES), "concluded": HANDLES["concluded"]}),
    "incidents:support": CHANGE,
    "incidents:support-person": CHANGE,
    "incidents:support-nobody": incident(CAN_HANDLE, of_open(HANDLES)),
    "incidents:discussions": READ_ALL,
    "incidents:discussion": READ_ALL,
    "incidents:discussion-arrange": CHANGE,
    "incidents:discussion-new": CHANGE,
    "incidents:minute-add": CHANGE,
    "incidents:discussion-paper": HANDLE,
    "incidents:concern": replace(READ_ALL, sees=CONCERNS),
    "incidents:concern-threshold": replace(CHANGE, sees=CONCERNS),
    "incidents:concern-risk": replace(CHANGE, sees=CONCERNS),
    "incidents:concern-online": replace(CHANGE, sees=CONCERNS),
    "incidents:concern-paper": replace(HANDLE, sees=CONCERNS),
    "incidents:referral-new": REFER,
    "incidents:referral-made": REFER,
    "incidents:referral-details": REFER,
    "incidents:referral-received": REFER,
    "incidents:referral-answered": REFER,
    "incidents:referral-withdraw": REFER,
    "incidents:referral-summary": incident(CAN_HANDLE, HANDLES),
    **{f"incidents:referral-{what}": REFER for what in ("accepted", "refused", "decide", "close")},
    "incidents:sharing": READ,
    "incidents:sharing-new": REFER,
    "incidents:hand-on": while_open(CAN_HANDLE, HANDLES),
    "incidents:received-list": Expect(REPORTERS),
    "incidents:received-call": Expect(REPORTERS),
    "incidents:received": Expect(REPORTERS, sees=RECEIVED),
    "incidents:received-written": Expect(REPORTERS, sees=RECEIVED),
    **{f"incidents:received-{what}": Expect(CAN_HANDLE, sees=RECEIVED) for what in ("acknowledge", "accept")},
    **{f"incidents:received-{what}": Expect(CAN_HANDLE, sees=RECEIVED) for what in ("refuse", "answer")},
}

# What fills the gaps of an address, by room and gap, or by route and gap: a word of world.Stock, or '=' and a value.
# Several values are each tried. Incidents are tried in every case of world.CASES.
GAPS: dict[str, str] = {
    "incidents:pk": "incident",
    "incidents:alert:pk": "alert",
    "api:pk": "incident",
    "api:token-revoke:pk": "token",
    "api:shape": "=generic",
    "incidents:item": "item",
    "incidents:file": "file",
    "incidents:pack": "pack",
    "incidents:key": "draft",
    "incidents:entry": "entry",
    "incidents:walk": "walk",
    "incidents:referral": "referral",
    "incidents:duty": "duty",
    "incidents:received": "received",
    "incidents:serious": "serious",
    "incidents:board_review": "board_review",
    "incidents:lesson": "lesson",
    "incidents:near_miss": "near_miss",
    "incidents:log_review": "log_review",
    "incidents:involved": "involved",
    "incidents:worry": "worry",
    "worry:board": "home_board",
    "worry:sender": "=child =parent",
    "incidents:question": "=harmed =others =did-it",
    "incidents:support-person:question": "=harmed",
    "incidents:minute-add:kind": "=decision =child =parents =action =added",
    "incidents:discussion": "discussion",
    "incidents:list-download:kind": "=csv =xlsx",
    "incidents:view": "view",
    "incidents:export": "export",
    "insight:kind": "=csv =xlsx",
    "partnership:pk": "agency",
    "partnership:board_pk": "home_board",
    "partnership:ending": "=csv =xlsx",
    "charts:paper": "=a4",
    "charts:name": "chart",
    "charts:sort": "=step =outcome",
    "charts:node": "=what",
    "charts:kind": "=answers =do =dont =duties",
    "charts:part:kind": "=dont",
    "charts:part": "=1",
    "charts:number": "=1",
    "partnership:accept:secret": "=nobody-was-sent-this-secret",
    "partnership:setting:pk": "setting",
    "partnership:setting-change:pk": "setting",
    "partnership:setting-close:pk": "setting",
    "partnership:contact:pk": "contact",
    "partnership:board-contact:pk": "board_contact",
    "partnership:import:pk": "import",
    "partnership:import-run:pk": "import",
    "partnership:roles:pk": "person",
    "partnership:give-up:pk": "membership",
    "partnership:withdraw:pk": "invitation",
    "partnership:resend:pk": "invitation",
    "outbox:message:pk": "message",
    "outbox:again:pk": "failed",
    "mfa_edit_webauthn:pk": "=1",
    "mfa_remove_webauthn:pk": "=1",
    "account_reset_password_from_key:uidb36": "=1",
    "account_reset_password_from_key:key": "=abc-def",
}

# The cases of incidents that only these people are asked about: for everybody else they are as another one is.
CASES_OF = {"about_subject": {"subject", "staff"}, "by_name": {"responsible_person"}}

# Gaps whose value says nothing about whose record it is.
PUBLIC_GAPS = frozenset(
    {"board", "sender", "question", "ending", "paper", "name", "kind", "secret", "sort", "node", "part", "number"}
)

# What is posted where an empty form says too little to tell refusing from reaching.
POSTS: dict[str, dict[str, str]] = {
    "partnership:choose-place": {"place": "{place_key}"},
    "incidents:walk": {"step": "none", "answer": "none"},
}

# Open pages and those of sign-in that somebody who is not signed in is shown, or led on from.
SHOWN_TO_ANYBODY = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_login_webauthn",
        "mfa_list_webauthn",
        "accounts:go-on",
        "api:about",
        "api:openapi",
        "accessibility",
        "help",
        "privacy",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "openid_connect_login",
        "openid_connect_callback",
        "partnership:accept",
        "worry:start",
        "worry:board",
        "worry:before",
        "worry:write",
        "worry:back",
    }
)
# Open pages that answer some with a refusal of their own: kept to what they may say.
MAY_REFUSE = {
    "account_inactive": {200, 403},
    "mfa_deactivate_totp": {404},
    "mfa_download_recovery_codes": {404},
    "mfa_view_recovery_codes": {404},
    "socialaccount_login_error": {401},
    "mfa_edit_webauthn": {404},
    "mfa_remove_webauthn": {404},
    "partnership:accept": {404, 410},
    "mfa_reauthenticate_webauthn": {404, 403},
}


def readers(place: str, kind: str) -> frozenset[tuple[str, str]]:
    """Who may meet a word: pairs of the kind of person and the place acted in."""
    own = {"a": "a", "b": "b", "c": "c"}.get(place, "")
    board = {"a": "e", "b": "e", "c": "w", "e": "e", "w": "w"}[place]
    agencies = {"e": "ab", "w": "c"}.get(place, own)
    groups: dict[str, tuple[Kinds, Kinds]] = {
        "case": (SEES["plain"], NOBODY),
        "alle": (SEES["allegation"], NOBODY),
        "subj": (SEES["about_subject"], NOBODY),
        "name": (SEES["by_name"], NOBODY),
        "seri": (CASE | kinds("responsible_person"), NOBODY),
        "less": (CAN_HANDLE | INSPECTOR, NOBODY),
        "near": (CASE | WROTE | INSPECTOR, NOBODY),
        "logr": (LOG, NOBODY),
        "brev": (NOBODY, BOARD),
        "drft": (WROTE, NOBODY),
        "worr": (OFFICERS, NOBODY),
        "alrt": (CASE, NOBODY),
        "rcvd": (RECEIVED[""], NOBODY),
        "mesg": (WROTE, kinds("board_officer")),
        "regi": (AGENCY, BOARD),
        "plac": (AGENCY, BOARD),
        "peop": (ANSWERING, RUNNERS),
        "shar": (AGENCY, BOARD),
        "conf": (NOBODY, RUNNERS),
    }
    inside, above = groups[kind]
    found = {(one, where) for one in inside for where in agencies}
    if kind == "plac" and own in "ab":
        found |= {(one, where) for one in CAN_HANDLE | REPORTERS for where in "ab"}  # to hand on to
    if own and kind == "mesg":
        above = NOBODY
    return frozenset(found | {(one, board) for one in above})
