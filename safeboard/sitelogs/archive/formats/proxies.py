"""Squid's two forms and e2guardian's four (its Squid form is read as Squid's)."""

from __future__ import annotations

from .base import Clock, Form

# Each expression can be followed without ever turning back (plain classes, no two ways on from a sign): that is three
# times as quick. The method is checked, so that a line with a part too few or too many is not read askew.
METHOD = r"(?P<method>[A-Z][A-Z_-]*|-|error:[a-z-]+)"

SQUID = Form(
    "squid",
    "Squid, native (also e2guardian’s Squid form)",
    r"^(?P<time>[0-9]+\.[0-9][0-9][0-9]) +-?[0-9]+ (?P<address>[^ ]+) (?P<code>[A-Z_]+)/(?P<status>[0-9]+)"
    r" (?P<bytes>[0-9]+) " + METHOD + r" (?P<url>[^ ]+) (?P<user>[^ ]+) [^ /]+/[^ ]* [^ ]*(?: .*)?$",
    Clock.EPOCH,
    denied=("denied",),
)
COMBINED = Form(
    "squid-combined",
    "Squid, combined (as Apache’s)",
    r"^(?P<address>[^ ]+) [^ ]+ (?P<user>[^ ]+) \[(?P<time>[0-9]+/[A-Za-z]+/[0-9]+:[0-9]+:[0-9]+:[0-9]+ [+-][0-9]+)\] "
    r'"' + METHOD + r' (?P<url>[^ "]+)(?: [A-Z]+/[0-9.]+)?" (?P<status>[0-9]+) (?P<bytes>[0-9]+|-)'
    r'(?: "[^"]*" "[^"]*")?(?: (?P<code>[A-Z_]+)(?::[^ ]*)?)?$',
    Clock.OFFSET,
    time_format="%d/%b/%Y:%H:%M:%S %z",
    denied=("denied",),
)
WHEN = r"(?P<time>[0-9]+\.[0-9]+\.[0-9]+ [0-9]+:[0-9]+:[0-9]+)"
E2_TIME = "%Y.%m.%d %H:%M:%S"
E2_DENIED = ("*denied*", "*infected*")
E2_CSV = Form(
    "e2guardian-csv",
    "e2guardian, CSV",
    rf'^"{WHEN}","(?P<user>[^"]*)","(?P<address>[^"]*)","(?P<url>[^"]*)","(?P<what>[^"]*)","'
    + METHOD
    + r'","(?P<bytes>-?[0-9]*)","[^"]*","(?P<category>[^"]*)","[^"]*","(?P<status>[0-9]+|-)"(?:,.*)?$',
    Clock.LOCAL,
    time_format=E2_TIME,
    denied=E2_DENIED,
)
E2_TAB = Form(
    "e2guardian-tab",
    "e2guardian, with tabs",
    rf"^{WHEN}\t(?P<user>[^\t]*)\t(?P<address>[^\t]*)\t(?P<url>[^\t]*)\t(?P<what>[^\t]*)\t"
    + METHOD
    + r"\t(?P<bytes>-?[0-9]*)\t[^\t]*\t(?P<category>[^\t]*)\t[^\t]*\t(?P<status>[0-9]+|-)(?:\t.*)?$",
    Clock.LOCAL,
    time_format=E2_TIME,
    denied=E2_DENIED,
)
E2_OWN = Form(
    "e2guardian",
    "e2guardian, its own",
    rf"^{WHEN} (?P<user>[^ ]+) (?P<address>[^ ]+) (?P<url>[^ ]+) (?P<what>(?:\*.*?)?) ?"
    r"(?P<method>GET|POST|HEAD|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PROPFIND) "
    r"(?P<bytes>-?\d+) -?\d+ (?P<category>.*?) \d+ (?P<status>\d{3})(?: .*)?$",
    Clock.LOCAL,
    time_format=E2_TIME,
    denied=E2_DENIED,
)
FORMS = (SQUID, COMBINED, E2_CSV, E2_TAB, E2_OWN)
