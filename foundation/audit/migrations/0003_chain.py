"""The trigger that links events, and the walls that keep them as they were written."""

from django.db import migrations

LINK = """
CREATE FUNCTION app.link_audit_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE last_seq bigint; last_hash text;
BEGIN
  INSERT INTO public.audit_audithead (chain, seq, hash) VALUES (NEW.chain, 0, repeat('0', 64))
    ON CONFLICT (chain) DO NOTHING;
  SELECT seq, hash INTO last_seq, last_hash FROM public.audit_audithead
    WHERE chain = NEW.chain FOR UPDATE;
  NEW.seq := last_seq + 1;
  NEW.prev_hash := last_hash;
  NEW.recorded_at := clock_timestamp();
  -- Each field carries its length, so that no text can pass for the boundary of two.
  SELECT encode(sha256(convert_to(string_agg(length(f)::text || ':' || f, E'\\n' ORDER BY n),
      'UTF8')), 'hex')
    INTO NEW.hash
    FROM unnest(ARRAY[NEW.prev_hash, NEW.chain, NEW.seq::text,
      coalesce(NEW.organisation_id::text, ''), NEW.action, NEW.object_type, NEW.object_id,
      NEW.object_label, NEW.actor_id::text, NEW.actor_name, NEW.actor_kind, NEW.actor_body,
      NEW.because, NEW.payload,
      to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
    ]::text[]) WITH ORDINALITY AS fields(f, n);
  UPDATE public.audit_audithead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;
CREATE TRIGGER link BEFORE INSERT ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION app.link_audit_event();
ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER link;
"""

WALLS = """
CREATE FUNCTION app.refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only' USING errcode = '42501';
END $$;
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION app.refuse_audit_change();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON audit_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_audit_change();
ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER keep;
ALTER TABLE audit_auditevent ENABLE ALWAYS TRIGGER keep_all;
CREATE POLICY portal_owner_links ON audit_audithead TO CURRENT_USER USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_protection")]
    operations = [
        migrations.RunSQL(LINK, migrations.RunSQL.noop),
        migrations.RunSQL(WALLS, migrations.RunSQL.noop),
    ]
