"""Debian's nginx in front of a web process, with the configuration that is shipped."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.e2e import server

EXAMPLE = Path(__file__).parent.parent.parent / "deploy" / "nginx.conf.example"
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
HOST = "localhost"


class Nginx:
    """`address`: where it listens with TLS; `certificate`: whom to trust there."""

    def __init__(self, folder: Path, *, web_port: int, objects: Path) -> None:
        self.folder = folder
        self.port = server.free_port()
        self.address = f"https://{HOST}:{self.port}"
        self.certificate = folder / "fullchain.pem"
        _certify(folder)
        self.file = folder / "nginx.conf"
        self.file.write_text(_local(self, web_port=web_port, objects=objects))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Check the configuration, then run it; it listens when this returns."""
        checked = subprocess.run(
            [*self._command(), "-t"], capture_output=True, text=True, check=False, timeout=20
        )
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(self._command(), start_new_session=True)
        server.wait_for_port(self.port)

    def cut(self) -> None:
        """Stop at once: every connection through it breaks."""
        if self._process is not None:
            self._process.terminate()  # nginx: TERM is the fast shutdown
            self._process.wait(timeout=20)
            self._process = None

    def _command(self) -> list[str]:
        own = f"daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log;"
        if os.getuid() == 0:  # its workers read what this test wrote
            own += " user root;"
        return [PROGRAM, "-p", str(self.folder), "-c", str(self.file), "-g", own]


def _local(nginx: Nginx, *, web_port: int, objects: Path) -> str:
    """The shipped file with this test's names, ports and folders. Each must stand in it."""
    folder = nginx.folder
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    plain = server.free_port()
    changes = {
        "http {": f"http {{ access_log off; {temporary}",
        "127.0.0.1:8000": f"127.0.0.1:{web_port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{nginx.port} ssl;",
        "paike.example.org;": f"{HOST};",
        "/etc/ssl/paike/": f"{folder}/",
        "/var/lib/paike/objects/": f"{objects}/",
        "$host;": "$http_host;",  # the port is part of the name here
    }
    text = EXAMPLE.read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _certify(folder: Path) -> None:
    """A key and a certificate of its own for HOST."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
