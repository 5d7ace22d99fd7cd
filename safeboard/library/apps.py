from django.apps import AppConfig
from django.utils.translation import get_language

from . import schemas


class LibraryConfig(AppConfig):
    name = "safeboard.library"
    label = "library"

    def ready(self) -> None:
        """Lets `str(text)` speak the language of the request."""
        schemas.language_in_use = get_language
