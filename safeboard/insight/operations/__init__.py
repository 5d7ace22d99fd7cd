"""Operations of the room, by subject; import them from here."""

from .releases import NotEnded, downloaded, refresh_running, release_all, release_ended, release_quarter

__all__ = ["NotEnded", "downloaded", "refresh_running", "release_all", "release_ended", "release_quarter"]
