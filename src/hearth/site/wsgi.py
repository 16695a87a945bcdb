"""What the application server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.site.settings")
# Connections are kept here and nowhere else: a command or a job that ends would wait for its pool.
os.environ.setdefault("HEARTH_CONNECTIONS", "4")
application = get_wsgi_application()
