-- What the default branch of a new project is called, and which pushes made a branch the default one.

-- What HEAD of a new repository names. NULL is main.
ALTER TABLE application_settings ADD COLUMN default_branch_name text CHECK (default_branch_name <> '');

-- The same for projects in this very group. NULL is the name of the instance.
ALTER TABLE namespaces ADD COLUMN default_branch_name text CHECK (default_branch_name <> '');

-- The push brought the first branches, and this one became the default branch: HEAD is to name it.
ALTER TABLE post_receive_jobs ADD COLUMN new_default_branch text CHECK (new_default_branch <> '');
