"""How gunicorn serves the portal, at home and in production (python:qadportal.gunicorn_conf)."""

import gc
import os

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PORTAL_WEB_WORKERS", "2"))
# Plain processes: threads lost up to half the throughput on pages that are made of Python.
worker_class = "sync"
preload_app = True  # imported once, shared by the workers
timeout = 60
graceful_timeout = 10
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True  # nothing outside the portal's own folders
accesslog = os.environ.get("PORTAL_ACCESS_LOG") or None


def pre_fork(server, worker):
    """Put what was loaded out of the collector's sight: it lives as long as the process."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """Collect seldom: a full sweep in the middle of a request tripled the slowest answers."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
