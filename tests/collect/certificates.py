"""Certificates of the tests: made for names that nobody else trusts, trusted by a test that asks for it."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest


def made(folder: Path, *names: str) -> ssl.SSLContext:
    """A server's context with a certificate for the names, which lies in `folder`/c.pem."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is absent: no certificate for a server of our own")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout k.pem -out c.pem"
    )
    kinds = ",".join(f"{'IP' if name[0].isdigit() else 'DNS'}:{name}" for name in names)
    extensions = ["-subj", "/CN=test", "-addext", f"subjectAltName={kinds}"]
    subprocess.run([*command.split(), *extensions], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem", folder / "k.pem")
    return context


def trust(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let this process trust the certificate in a folder, until the test ends."""
    from briefing.collect import wire

    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "c.pem"))
    own = ssl.create_default_context()
    monkeypatch.setattr(wire, "_context", lambda: own)
