"""A small chart and a small pack to test with, and ways to spoil them."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from safeboard.library.schemas import Chart

DUTY = {
    "id": "tell-officer",
    "kind": "tell",
    "title": {"en": "Tell the designated officer"},
    "owner": "reporter",
    "within": "PT0S",
    "to": "designated-officer",
}

CHART: dict[str, Any] = {
    "id": "lost-tablet",
    "version": 1,
    "title": {"en": "A tablet is lost"},
    "source": {"document": "Our own"},
    "review_by": "2090-01-01",
    "audience": "staff",
    "start": "where",
    "steps": [
        {
            "id": "where",
            "question": {"en": "Was the tablet lost inside?", "cy": "Ar goll y tu mewn?"},
            "duties": [{**DUTY, "id": "write-down", "kind": "record", "within": "PT12H", "to": None}],
            "answers": [
                {"id": "yes", "label": {"en": "Yes"}, "next": "look"},
                {"id": "no", "label": {"en": "No"}, "next": "ring"},
                {"id": "unsure", "label": {"en": "Not sure"}, "next": "ring", "unsure": True},
            ],
        },
        {
            "id": "look",
            "question": {"en": "Has it been found?"},
            "answers": [
                {"id": "yes", "label": {"en": "Yes"}, "next": "found"},
                {"id": "again", "label": {"en": "Not yet"}, "next": "where"},
                {"id": "unsure", "label": {"en": "Not sure"}, "next": "ring", "unsure": True},
            ],
        },
    ],
    "outcomes": [
        {"id": "found", "title": {"en": "Say that it is found"}, "urgency": "soon", "duties": [DUTY]},
        {
            "id": "ring",
            "title": {"en": "Ring the designated officer"},
            "urgency": "now",
            "do": [{"text": {"en": "Ring now."}, "contact": "designated-officer"}],
            "dont": [{"en": "Do not go and look for it alone."}],
            "contacts": ["designated-officer"],
            "duties": [DUTY],
            "concern": "images",
        },
    ],
}

CONTACTS = {
    "id": "contact-kinds",
    "version": 1,
    "source": {"document": "Our own"},
    "review_by": "2090-01-01",
    "items": [{"id": "designated-officer", "title": {"en": "Designated officer"}}],
}

PACK = {"id": "county", "version": 1, "title": {"en": "A county"}}


def chart(**changes: Any) -> Chart:
    """The small chart, with some of its fields replaced."""
    return Chart.model_validate({**deepcopy(CHART), **changes})


def spoilt(spoil: Any) -> Chart:
    """The small chart after `spoil(data)` has been at it."""
    data = deepcopy(CHART)
    spoil(data)
    return Chart.model_validate(data)


def as_yaml(data: Any) -> str:
    return yaml.safe_dump(json.loads(json.dumps(data, default=str)), sort_keys=False)  # copied: no anchors


def write_pack(root: Path, *, chart: Any = CHART, contacts: Any = CONTACTS, pack: Any = PACK) -> Path:
    """Writes a pack called 'county' under `root`; gives the pack's folder."""
    folder = root / "county"
    (folder / "charts").mkdir(parents=True)
    if pack is not None:
        (folder / "pack.yaml").write_text(as_yaml(pack))
    if chart is not None:
        (folder / "charts" / f"{chart['id']}.yaml").write_text(as_yaml(chart))
    if contacts is not None:
        (folder / "contact-kinds.yaml").write_text(as_yaml(contacts))
    return folder
