"""What the application server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
# Connections are kept here and nowhere else: a command or a job that ends would wait for its pool.
os.environ.setdefault("HEARTH_CONNECTIONS", "4")
application = get_wsgi_application()

# Pages and templates stand for as long as the process does: the collector need not look through them again and
# again, nor begin before a few requests have left something behind.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
