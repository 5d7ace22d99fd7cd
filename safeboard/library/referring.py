"""The shapes of what referrals need: how long one may wait, why information may be shared, who refers to an agency."""

from __future__ import annotations

from datetime import timedelta

from .schemas import Id, Item, Text, Within


class ReferralClock(Item, kind="referral-clocks"):
    """How long a referral may wait: to be sent once it is prepared, to be acknowledged, to be answered.

    ``to``: the contact kinds and directory entries that it holds for; none where it holds for all others.
    ``handed_on``: it holds between agencies of a board.
    """

    to: tuple[Id, ...] = ()
    handed_on: bool = False
    send: Within
    acknowledge: Within
    answer: Within


class SharingBasis(Item, kind="sharing-bases"):
    """Why information may be shared, in plain words. ``consent``: it rests on the consent of those concerned."""

    hint: Text | None = None
    consent: bool = False


class InboundSource(Item, kind="inbound-sources"):
    """A body that refers a matter to an agency by telephone.

    ``copies``: who is told as well (contact kinds); ``written``: when the confirmation in writing is expected;
    ``how_found``, ``usual`` and ``images``: what its incidents are, where nobody says otherwise.
    """

    hint: Text | None = None
    copies: tuple[Id, ...] = ()
    copy_within: Within = Within(within=timedelta(0))
    written: Within
    how_found: Id
    usual: Id
    aspect: Id
    images: bool = False
