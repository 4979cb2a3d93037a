#!/bin/sh
# Prints the first Python that can run Kimbilio; where there is none, says in plain words what is missing and fails.
# A name on the path proves nothing (version managers leave empty shims), so each candidate is asked its version.

CANDIDATES=${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3}
others=

for candidate in $CANDIDATES; do
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    case $version in
    3.11 | 3.12 | 3.13 | 3.14) ;;
    *)
        others="$others $version ($candidate)"
        continue
        ;;
    esac
    if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$candidate"
        exit 0
    fi
    echo "Missing: the venv module of Python $version ($candidate)." >&2
    echo "Install it, then try again. On Debian or Ubuntu: apt-get install python$version-venv" >&2
    exit 1
done

echo "Missing: Python 3.11, 3.12, 3.13 or 3.14." >&2
[ -n "$others" ] && echo "Found, but not usable for Kimbilio:$others." >&2
echo "Install one, then try again. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
echo "If it is installed elsewhere, name it: make PYTHON=/path/to/python3.11 demo" >&2
exit 1
