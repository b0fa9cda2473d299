import shutil
import socket

from server import Missing, Server, run


class Redis(Server):
    name = "redis"
    program = "redis"
    ports = (26379,)

    def launch(self) -> None:
        program = shutil.which("redis-server")
        if not program:
            raise Missing("Redis is not installed (Debian: apt-get install redis-server).")
        options = ["--bind", "127.0.0.1", "--port", self.port, "--dir", self.folder, "--save", ""]
        run([program, *options, "--daemonize", "yes", "--pidfile", self.pid_file, "--logfile", self.folder / "log"])

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as asked:
                asked.sendall(b"PING\r\n")
                return asked.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def environment(self) -> dict[str, object]:
        return {"TEST_REDIS_URL": f"redis://127.0.0.1:{self.port}/0"}
