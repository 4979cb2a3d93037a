"""Locks a file with a passphrase in a process of its own, which may take a gigabyte and as long as it needs.

Run by its path, never imported: `python -I -S passphrase_process.py FOLDER`, with the passphrase in hexadecimal digits
on the first line of its input and the file after it. Writes the locked file; nothing on disk.
"""

import sys


def main(folder: str) -> None:
    """Read both, and write the file as it is locked."""
    sys.path.insert(0, folder)
    import pyrage

    passphrase = bytes.fromhex(sys.stdin.buffer.readline().decode()).decode()
    sys.stdout.buffer.write(pyrage.passphrase.encrypt(sys.stdin.buffer.read(), passphrase))


if __name__ == "__main__":
    main(sys.argv[1])
