"""The class roles, and the functions that tell a policy who asks."""

from django.db import migrations

ROLES = """
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['portal_app', 'portal_participant', 'portal_reviewer', 'portal_system',
                           'portal_gate'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I NOINHERIT', r);
    END IF;
  END LOOP;
  FOREACH r IN ARRAY ARRAY['portal_participant', 'portal_reviewer', 'portal_system',
                           'portal_gate'] LOOP
    IF NOT pg_has_role('portal_app', r, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO portal_app', r);
    END IF;
  END LOOP;
END $$;
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO portal_app, portal_participant, portal_reviewer, portal_system,
  portal_gate;
GRANT USAGE ON SCHEMA public TO portal_app, portal_participant, portal_reviewer, portal_system,
  portal_gate;
"""

CONTEXT = """
CREATE FUNCTION app.ctx_org() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE v text := current_setting('app.org', true);
BEGIN
  IF v IS NULL OR v = '' THEN
    RAISE EXCEPTION 'no organisation in this context' USING errcode = '42501';
  END IF;
  RETURN v::uuid;
END $$;
CREATE FUNCTION app.ctx_person() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE v text := current_setting('app.person', true);
BEGIN
  IF v IS NULL OR v = '' THEN
    RAISE EXCEPTION 'no person in this context' USING errcode = '42501';
  END IF;
  RETURN v::uuid;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(CONTEXT, "DROP FUNCTION app.ctx_org(); DROP FUNCTION app.ctx_person();"),
    ]
