"""The Celery application: an alarm clock and a pair of hands, never a source of truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qadportal.settings")
app = Celery("qadportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
