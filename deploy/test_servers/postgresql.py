import shutil
import signal
from pathlib import Path

from server import IS_ROOT, Missing, Server, run

# shared_buffers as docs/operations.md asks for: PostgreSQL's own default suits the smallest machines.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off "
    "-c shared_buffers=1GB"
)


class PostgreSQL(Server):
    """Debian's package. It refuses to run as root: the package's own user runs it."""

    name = "postgresql"
    user = "postgres"
    program = "postgres"
    ports = (25432,)
    stop_signal = signal.SIGINT  # does not wait for those who are connected

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.data = self.folder / "data"
        self.pid_file = self.data / "postmaster.pid"

    @property
    def programs(self) -> Path:
        def version(path: Path) -> int:
            return int(path.parts[-3]) if path.parts[-3].isdigit() else 0

        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version)
        on_path = shutil.which("initdb")
        if not found and not on_path:
            raise Missing("PostgreSQL is not installed (Debian: apt-get install postgresql).")
        return (found[-1] if found else Path(on_path)).parent

    def install(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        if IS_ROOT:
            run(["chown", f"{self.user}:", self.folder])
        rights = ["-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run([self.programs / "initdb", "-D", self.data, *rights], self.user)

    def launch(self) -> None:
        command = [self.programs / "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "server.log"]
        run([*command, "-o", f"-p {self.port} {OPTIONS}", "start"], self.user)

    def is_ready(self) -> bool:
        try:
            run([self.programs / "pg_isready", "-h", "127.0.0.1", "-p", self.port])
        except (Missing, OSError):
            return False
        return True

    def environment(self) -> dict[str, object]:
        return {"DATABASE_TEST_POSTGRES_URL": f"postgresql://portal@127.0.0.1:{self.port}/postgres"}
