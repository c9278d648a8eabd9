"""Zips a folder, or the files named on standard input, so that the same contents give the same bytes.

    python3 tests/build/zip.py OUT.zip FOLDER          everything in FOLDER
    ... | python3 tests/build/zip.py OUT.zip -         these paths, from the current folder
"""

import pathlib
import sys
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)


def entries(source):
    if source == "-":
        return [(line, pathlib.Path(line)) for line in sys.stdin.read().splitlines() if pathlib.Path(line).is_file()]
    root = pathlib.Path(source)
    return [(path.relative_to(root).as_posix(), path) for path in root.rglob("*") if path.is_file()]


out, source = sys.argv[1:]
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name, path in sorted(entries(source)):
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = (0o100755 if path.stat().st_mode & 0o100 else 0o100644) << 16
        info.create_system = 3
        archive.writestr(info, path.read_bytes())
