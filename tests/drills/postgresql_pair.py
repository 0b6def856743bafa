"""Two PostgreSQL servers, of which one is primary and waits with each commit for the other, its standby."""

import shutil
import subprocess

from bench_servers import PostgreSql, wait_until

SLOT = "other"  # each server keeps what the other one still needs


class Server(PostgreSql):
    """One of the two; made as a copy of the other where there is one."""

    def __init__(self, folder, origin=None):
        self.name = folder.name
        self._origin = origin
        # A standby introduces itself by its cluster's name.
        super().__init__(folder, ("shared_buffers=64MB", "wal_retrieve_retry_interval=100ms", f"cluster_name={self.name}"))

    def create(self):
        if self._origin is None:
            super().create()
            return
        self.run(
            "pg_basebackup", "--pgdata", str(self.data), "--host", str(self._origin.sockets), "--username", "postgres",
            "--checkpoint", "fast", "--write-recovery-conf", "--create-slot", "--slot", SLOT,
        )

    def ask(self, *statements):
        commands = [word for statement in statements for word in ("--command", statement)]
        return subprocess.run(
            ["psql", "--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", *commands, self.url],
            check=True, stdout=subprocess.PIPE, text=True, timeout=60,
        ).stdout.splitlines()

    def commit_alone(self):
        self.ask("alter system set synchronous_standby_names = ''", "select pg_reload_conf()")

    def commit_with(self, standby):
        self.ask(f"alter system set synchronous_standby_names = '{standby.name}'", "select pg_reload_conf()")
        wait_until(
            lambda: self.ask("select sync_state from pg_stat_replication") == ["sync"], f"{standby.name} to be in step"
        )

    def promote(self):
        self.commit_alone()
        self.run("pg_ctl", "--pgdata", str(self.data), "--wait", "promote")

    def follow(self, primary):
        """Becomes the standby of its former one, after an orderly stop: it has nothing that the new primary lacks."""
        primary.ask(f"select pg_create_physical_replication_slot('{SLOT}')")
        with open(self.data / "postgresql.auto.conf", "a", encoding="ascii") as file:
            file.write(f"primary_conninfo = 'host={primary.sockets} user=postgres'\nprimary_slot_name = '{SLOT}'\n")
        signal_file = self.data / "standby.signal"
        signal_file.touch()
        shutil.chown(signal_file, self.data.owner(), self.data.group())
        self.start()


class Pair:
    """A context manager that stops both; `primary` and `standby` say who is which."""

    def __init__(self, folder):
        self.folder, self._servers = folder, []
        self.primary = self.standby = None

    def __enter__(self):
        try:
            self.primary = self._make("a")
            self.standby = self._make("b", self.primary)
            self.primary.commit_with(self.standby)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for server in reversed(self._servers):
            server.stop("immediate")

    def _make(self, name, origin=None):
        server = Server(self.folder / name, origin)
        self._servers.append(server)
        server.start()
        return server

    @property
    def url(self):
        """For programs that find the primary themselves."""
        hosts = ",".join(str(server.sockets) for server in self._servers)
        return f"postgresql://postgres@/postgres?host={hosts}&port=5432,5432&target_session_attrs=read-write"

    def fail_over(self, primary_is_down=lambda: None):
        """The primary crashes, and what it had not yet passed on is gone; the standby takes over."""
        self.primary.stop("immediate")
        primary_is_down()
        self._promote_standby()

    def switch_over(self, primary_is_down=lambda: None):
        """The primary stops in order, which passes everything on; the standby takes over."""
        self.primary.stop("fast")
        primary_is_down()
        self._promote_standby()

    def _promote_standby(self):
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary

    def lose_standby(self, standby_is_down=lambda: None):
        """Nobody confirms commits any more, until the primary is told to go on alone."""
        self.standby.stop("immediate")
        standby_is_down()
        self.primary.commit_alone()

    def copy_standby_anew(self):
        """A crashed primary may hold what its successor does not know, so it begins again as a copy."""
        self._servers.remove(self.standby)
        shutil.rmtree(self.standby.data)
        self.standby = self._make(self.standby.name, self.primary)
        self._servers.sort(key=lambda server: server.name)
        self.primary.commit_with(self.standby)

    def return_standby(self):
        self.standby.follow(self.primary)
        self.primary.commit_with(self.standby)
