-- Which groups stand above a namespace, itself included if it is a group. Whoever asks for access to a project needs
-- all of them, and walking up by parent_id costs several times as much as reading them here. The triggers keep these
-- rows with every change of the tree, whoever makes it.
CREATE TABLE namespace_ancestors (
    namespace_id @bigint@ NOT NULL REFERENCES namespaces (id) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE,
    ancestor_id @bigint@ NOT NULL,
    -- It has no parent.
    is_root @boolean@ NOT NULL CHECK (is_root IN (false, true)),
    PRIMARY KEY (namespace_id, ancestor_id)
) @without_rowid@;

-- Everything at and below a namespace that changed is found anew. `UNION` ends even where namespaces form a ring.
@only_sqlite@ CREATE TRIGGER namespaces_inserted_keep_ancestors AFTER INSERT ON namespaces BEGIN DELETE FROM namespace_ancestors WHERE namespace_id IN (WITH RECURSIVE below(id) AS (SELECT NEW.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id) SELECT id FROM below); INSERT INTO namespace_ancestors WITH RECURSIVE below(id) AS (SELECT NEW.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id), above(namespace_id, id) AS (SELECT id, id FROM below UNION SELECT above.namespace_id, own.parent_id FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.parent_id IS NOT NULL) SELECT above.namespace_id, own.id, own.parent_id IS NULL FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.type = 'Group'; END;
@only_sqlite@ CREATE TRIGGER namespaces_updated_keep_ancestors AFTER UPDATE OF id, parent_id, type ON namespaces BEGIN DELETE FROM namespace_ancestors WHERE namespace_id IN (WITH RECURSIVE below(id) AS (SELECT OLD.id UNION SELECT NEW.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id) SELECT id FROM below); INSERT INTO namespace_ancestors WITH RECURSIVE below(id) AS (SELECT OLD.id UNION SELECT NEW.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id), above(namespace_id, id) AS (SELECT id, id FROM below UNION SELECT above.namespace_id, own.parent_id FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.parent_id IS NOT NULL) SELECT above.namespace_id, own.id, own.parent_id IS NULL FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.type = 'Group' AND EXISTS (SELECT 1 FROM namespaces AS known WHERE known.id = above.namespace_id); END;
@only_sqlite@ CREATE TRIGGER namespaces_deleted_keep_ancestors AFTER DELETE ON namespaces BEGIN DELETE FROM namespace_ancestors WHERE namespace_id IN (WITH RECURSIVE below(id) AS (SELECT OLD.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id) SELECT id FROM below); INSERT INTO namespace_ancestors WITH RECURSIVE below(id) AS (SELECT child.id FROM namespaces AS child WHERE child.parent_id = OLD.id UNION SELECT child.id FROM below JOIN namespaces AS child ON child.parent_id = below.id), above(namespace_id, id) AS (SELECT id, id FROM below UNION SELECT above.namespace_id, own.parent_id FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.parent_id IS NOT NULL) SELECT above.namespace_id, own.id, own.parent_id IS NULL FROM above JOIN namespaces AS own ON own.id = above.id WHERE own.type = 'Group'; END;

-- Several can change the tree at once. Whoever makes a child or moves one locks all that stands above it, so that none
-- of those moves meanwhile; what stands below is seen, because its makers have locked this one before. A child that has
-- no children of its own gets what its parent has; a parent that comes after its children finds them. A session keeps
-- the plans of these statements, and may have made them for an empty table: so they are written for the indexes.
@only_postgresql@ CREATE FUNCTION keep_namespace_ancestors() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$ DECLARE changed bigint[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.id] WHEN 'DELETE' THEN ARRAY[OLD.id] ELSE ARRAY[OLD.id, NEW.id] END; locked bigint[] := changed; lowered bigint[]; next bigint; BEGIN IF TG_OP <> 'DELETE' THEN next := NEW.parent_id; WHILE next IS NOT NULL AND next <> ALL (locked) LOOP locked := locked || next; SELECT parent_id INTO next FROM namespaces WHERE id = next FOR SHARE; END LOOP; END IF; IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM namespaces WHERE parent_id = NEW.id) THEN INSERT INTO namespace_ancestors SELECT NEW.id, ancestor_id, is_root FROM namespace_ancestors WHERE namespace_id = NEW.parent_id ON CONFLICT DO NOTHING; IF NEW.type = 'Group' THEN INSERT INTO namespace_ancestors VALUES (NEW.id, NEW.id, NEW.parent_id IS NULL) ON CONFLICT DO NOTHING; END IF; RETURN NULL; END IF; lowered := ARRAY(WITH RECURSIVE below(id) AS (SELECT unnest(changed) UNION SELECT child.id FROM below CROSS JOIN LATERAL (SELECT id FROM namespaces WHERE parent_id = below.id OFFSET 0) AS child) SELECT id FROM below); DELETE FROM namespace_ancestors WHERE namespace_id = ANY (lowered); INSERT INTO namespace_ancestors WITH RECURSIVE above(namespace_id, id, parent_id, type) AS (SELECT own.id, own.id, own.parent_id, own.type FROM unnest(lowered) AS known(id) CROSS JOIN LATERAL (SELECT id, parent_id, type FROM namespaces WHERE namespaces.id = known.id OFFSET 0) AS own UNION SELECT above.namespace_id, own.id, own.parent_id, own.type FROM above CROSS JOIN LATERAL (SELECT id, parent_id, type FROM namespaces WHERE namespaces.id = above.parent_id OFFSET 0) AS own) SELECT namespace_id, id, parent_id IS NULL FROM above WHERE type = 'Group'; RETURN NULL; END $$;
@only_postgresql@ CREATE TRIGGER namespaces_inserted_keep_ancestors AFTER INSERT OR DELETE ON namespaces FOR EACH ROW EXECUTE FUNCTION keep_namespace_ancestors();
@only_postgresql@ CREATE TRIGGER namespaces_updated_keep_ancestors AFTER UPDATE OF id, parent_id, type ON namespaces FOR EACH ROW EXECUTE FUNCTION keep_namespace_ancestors();

INSERT INTO namespace_ancestors
    WITH RECURSIVE above(namespace_id, id) AS (
        SELECT id, id FROM namespaces
        UNION
        SELECT above.namespace_id, own.parent_id
          FROM above
          JOIN namespaces AS own ON own.id = above.id
         WHERE own.parent_id IS NOT NULL
    )
    SELECT above.namespace_id, own.id, own.parent_id IS NULL
      FROM above
      JOIN namespaces AS own ON own.id = above.id
     WHERE own.type = 'Group';
