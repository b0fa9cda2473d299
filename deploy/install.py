"""Make .venv and bring it to a lock file: `python3 deploy/install.py requirements.lock`.

Runs with any Python 3 to say clearly that it is too old; does nothing when the lock is installed already.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
#: the second one contains the first
LOCKS = ("requirements.lock", "requirements-dev.lock")


def say(text, end="\n"):
    sys.stdout.write(text + end)
    sys.stdout.flush()


def stamp_of(lock):
    return VENV / (lock + ".sha256")


def checksum(lock):
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_installed(lock):
    stamp = stamp_of(lock)
    return works() and stamp.exists() and stamp.read_text() == checksum(lock)


def works():
    """True where .venv has a Python that starts (the one it was made with may be gone) and is new enough."""
    code = "import pip, sys; sys.exit(sys.version_info < %r)" % (OLDEST,)  # noqa: UP031 - read by old Pythons too
    try:
        return subprocess.run([str(PYTHON), "-c", code], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_venv():
    say("Making the virtual environment .venv with Python {}.{}".format(*sys.version_info))
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], stdout=subprocess.DEVNULL)
    if made.returncode:
        sys.exit("Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv")


def install(lock):
    packages = sum("==" in line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--require-hashes", "-r", str(ROOT / lock)]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=str(ROOT))
    said, done = [], 0
    for line in pip.stdout:
        said.append(line)
        done += line.startswith(("Collecting ", "Requirement already satisfied"))
        if sys.stdout.isatty():
            say(f"\rInstalling packages: {min(done, packages)} of {packages}", end="")
    if sys.stdout.isatty():
        say("")
    if pip.wait():
        sys.exit("".join(said[-15:]) + "The packages could not be installed. Is there a connection to a package index?")
    for covered in LOCKS[: LOCKS.index(lock) + 1]:
        stamp_of(covered).write_text(checksum(covered))


def main():
    if sys.version_info < OLDEST:
        sys.exit(
            "The portal needs Python {}.{} or newer; this is {}.{}. Name another: make demo PYTHON=python3.12".format(
                *OLDEST, *sys.version_info[:2]
            )
        )
    lock = sys.argv[1]
    if is_installed(lock):
        return
    if not works():
        make_venv()
    say(f"Installing the packages of {lock} (a minute or two the first time)")
    install(lock)


if __name__ == "__main__":
    main()
