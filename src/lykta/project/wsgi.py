"""The entry of the web server: `gunicorn lykta.project.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lykta.project.settings")
application = get_wsgi_application()
