import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings")
application = get_wsgi_application()

# What was loaded stays for good: the collector need not look at it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
