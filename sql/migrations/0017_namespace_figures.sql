-- How often something changed that the seats, members and sizes of namespaces are counted from. Who counted at
-- one version need not count again while it stays. The triggers move it in the transaction of the change itself,
-- whoever makes it. Members of users and namespaces that go are deleted with them, and would do; but not where
-- somebody has switched foreign keys off.

-- Several rows, so that transactions at the same time seldom wait for each other; SQLite has one at a time.
CREATE TABLE namespace_figure_changes (
    shard @integer@ NOT NULL PRIMARY KEY,
    number @bigint@ NOT NULL DEFAULT 0
) @strict@;
INSERT INTO namespace_figure_changes (shard) VALUES (0);
@only_postgresql@ INSERT INTO namespace_figure_changes (shard) SELECT generate_series(1, 15);

CREATE VIEW namespace_figure_version AS SELECT cast(sum(number) AS @bigint@) AS version FROM namespace_figure_changes;

-- Once for each transaction, and when it commits: it then holds all other locks that it needs, and waits for
-- nobody who waits for this one. A migration that changes rows of these tables and then the tables themselves says
-- SET CONSTRAINTS ALL IMMEDIATE in between.
@only_postgresql@ CREATE FUNCTION note_namespace_figure_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN IF current_setting('innergate.figure_change', true) IS DISTINCT FROM 'noted' THEN UPDATE namespace_figure_changes SET number = number + 1 WHERE shard = pg_backend_pid() % 16; PERFORM set_config('innergate.figure_change', 'noted', true); END IF; RETURN NULL; END $$;
@only_postgresql@ CREATE CONSTRAINT TRIGGER members_change_figures AFTER INSERT OR DELETE OR UPDATE OF user_id, source_type, source_id, access_level, state, requested_at, invite_token ON members DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_namespace_figure_change();
@only_postgresql@ CREATE CONSTRAINT TRIGGER users_change_figures AFTER INSERT OR DELETE OR UPDATE OF state, user_type ON users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_namespace_figure_change();
@only_postgresql@ CREATE CONSTRAINT TRIGGER namespaces_change_figures AFTER INSERT OR DELETE OR UPDATE OF parent_id, type ON namespaces DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_namespace_figure_change();
@only_postgresql@ CREATE CONSTRAINT TRIGGER projects_change_figures AFTER INSERT OR DELETE OR UPDATE OF namespace_id, repository_size ON projects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_namespace_figure_change();

@only_sqlite@ CREATE TRIGGER members_inserted_change_figures AFTER INSERT ON members BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER members_deleted_change_figures AFTER DELETE ON members BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER members_updated_change_figures AFTER UPDATE OF user_id, source_type, source_id, access_level, state, requested_at, invite_token ON members BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER users_inserted_change_figures AFTER INSERT ON users BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER users_deleted_change_figures AFTER DELETE ON users BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER users_updated_change_figures AFTER UPDATE OF state, user_type ON users BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER namespaces_inserted_change_figures AFTER INSERT ON namespaces BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER namespaces_deleted_change_figures AFTER DELETE ON namespaces BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER namespaces_updated_change_figures AFTER UPDATE OF parent_id, type ON namespaces BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER projects_inserted_change_figures AFTER INSERT ON projects BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER projects_deleted_change_figures AFTER DELETE ON projects BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
@only_sqlite@ CREATE TRIGGER projects_updated_change_figures AFTER UPDATE OF namespace_id, repository_size ON projects BEGIN UPDATE namespace_figure_changes SET number = number + 1; END;
