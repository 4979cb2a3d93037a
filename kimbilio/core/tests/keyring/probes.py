"""How these tests look into a keyring, and kill what works on it."""

import multiprocessing
import os
import signal

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kimbilio.core.encryption import PassphraseCost, derive
from kimbilio.core.keyring import Domain, Keyring

CHEAP = PassphraseCost(iterations=1, memory_kib=8, lanes=1)
PASSPHRASE = "mti mkavu hauna kivuli"
IDENTITY, LEGAL = Domain.IDENTITY, Domain.LEGAL


def everything(keyring, org):
    """Every key of an organisation, as its users see them."""
    own = (keyring.index_key(org), keyring.audit_key(org), keyring.staff_key(org))
    return own, {domain: keyring.client_keys(org, domain) for domain in Domain}


def readable_pages(home, root_key):
    """All of the file of keys and its log, decrypted page by page: deleted parts and old pages too.

    An independent reading of SQLCipher 4's format: pages of 4096 bytes, of which the last 80 are a
    16-byte IV and a MAC; the first page begins with a salt of 16 bytes; AES-256 in CBC mode.
    """
    key = derive(root_key, "keyring file")
    main = (home / "keyring.db").read_bytes()
    log = (home / "keyring.db-wal").read_bytes()
    frames = [log[at + 24 : at + 24 + 4096] for at in range(32, len(log) - 24, 24 + 4096)]
    pages = [main[at : at + 4096] for at in range(0, len(main), 4096)] + frames
    text = b""
    for page in pages:
        for start in (0, 16):
            cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
            text += cipher.update(page[start:-80])
    return text


def killed_at(home, root_key, work, statement):
    """Run the work in a child that is killed just before its n-th statement; say whether it was."""

    def child():
        keyring = Keyring(home, root_key)
        left = [statement]

        def count(_statement):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        keyring._store.file._connection.set_trace_callback(count)
        work(keyring)
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join(30)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
