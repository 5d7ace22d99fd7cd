import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from safeboard.core.catalogue import draw_together
from safeboard.web.turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings")
os.environ.setdefault("SAFEBOARD_SITELOGS_APART", "yes")  # what searches the filter logs is as large as all the rest
application = Turns(get_wsgi_application())
for language, _name in settings.LANGUAGES:
    draw_together(language)
reverse("home")  # loads all pages, so that the first visitor of each process does not wait for that

# What was loaded stays for good: the collector need not look at it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
