"""Reviews: the pack's, the board's own, one version for ever the same; what became of recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.shapes.standards import Pies, Recommendation, Review
from safeboard.partnership import queries as partnership

from ..choices import Adopted, PiesLabel
from ..models import Adoption, BoardReview, BoardReviewVersion

KIND = "reviews"


@dataclass(frozen=True)
class Holding:
    """A review that can be sent. ``pack``: under which its versions are kept; ``own`` None where it is the pack's."""

    review: Review
    pack: str
    own: BoardReview | None = None

    @property
    def count(self) -> int:
        """How many questions it has."""
        return sum(1 for _question in self.review.questions())


def reviews_here(access: Access) -> list[Holding]:
    """The reviews that the board acted for can send: its own first, then the pack's."""
    own = BoardReview.objects.filter(board_id=access.board_id or 0, version__isnull=False, withdrawn=False)
    pack = partnership.pack_of(access)
    shipped = library.items(pack, KIND) if pack in library.packs() else []
    return [
        *(Holding(_held(one), one.key, one) for one in own),
        *(Holding(item, pack) for item in shipped if isinstance(item, Review)),
    ]


def _held(own: BoardReview) -> Review:
    assert own.version is not None
    return review_of(own.key, "own", own.version)


def holding(access: Access, pack: str, review: str) -> Holding | None:
    """One of the reviews that can be sent here, or None."""
    return next((one for one in reviews_here(access) if one.pack == pack and one.review.id == review), None)


def review_of(pack: str, review: str, version: int) -> Review:
    """One version of a review, as it was sent. Raises library.UnknownItem."""
    if pack in library.packs():
        now = library.pack(pack).items.get(KIND, {}).get(review)
        if isinstance(now, Review) and now.version == version:
            return now
    found = library.published(pack, KIND, review, version)
    assert isinstance(found, Review)  # the kind decides the class
    return found


# --- the board's own -----------------------------------------------------------------------------------------


def own_reviews(access: Access) -> QuerySet[BoardReview]:
    """The reviews that the board acted for writes itself."""
    return BoardReview.objects.filter(board_id=access.board_id or 0)


def own_review(access: Access, pk: int) -> BoardReview | None:
    """One of them, or None."""
    return own_reviews(access).filter(pk=pk).select_related("changed_by").first()


def draft_of(own: BoardReview) -> Review:
    """The draft as a review. Raises LookupError where there is none."""
    if own.draft is None:
        raise LookupError("no draft")
    return Review.model_validate(own.draft)


def versions_of(own: BoardReview) -> list[BoardReviewVersion]:
    """What was published, newest first."""
    return list(own.versions.select_related("by"))


# --- what is recommended ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Followed:
    """A recommendation, and how far the board took it up."""

    item: Recommendation
    pies: str
    adoption: Adoption | None

    @property
    def state(self) -> Adopted:
        """How far, in a word."""
        return Adopted(self.adoption.state) if self.adoption else Adopted.NOT_LOOKED_AT


def recommendations(access: Access) -> list[Followed]:
    """What the pack recommends to boards, each with what became of it in the board acted for, by PIES."""
    pack = partnership.pack_of(access)
    rows = {row.recommendation: row for row in Adoption.objects.filter(board_id=access.board_id or 0, pack=pack)}
    items = library.items(pack, "recommendations") if pack in library.packs() else []
    found = [
        Followed(item, str(PiesLabel(item.pies.value).label), rows.get(item.id))
        for item in items
        if isinstance(item, Recommendation)
    ]
    order = list(Pies)
    return sorted(found, key=lambda one: order.index(one.item.pies))
