"""Takes a spreadsheet apart in a process of its own, so that no file can stop or fill the one that serves people.

Run by its path, never imported: `python -I -S workbook_process.py FOLDER MEMORY` with the file on standard input.
A few bytes are enough to make any reader of spreadsheets ask for half a terabyte, which ends the process it runs in.
Writes JSON, one value a line: what sheets there are; for each a start and its rows; at last the word "end".
A line with "refused" says why there is nothing more. Nothing is written to disk, neither here nor by a crash.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any


def limit(memory: int) -> None:
    """Let this process have so many bytes and leave no image of its memory behind; where the system has no
    such limits (Windows), the parent's checks of the packed sizes must do.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def plain(cell: Any) -> Any:
    """Return a cell as JSON knows it: text, number, truth, null for nothing, [date] for a day."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool | float | int):
        return cell
    if isinstance(cell, datetime):
        return [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell) if isinstance(cell, timedelta) else None


def pieces(data: Any) -> Iterator[Any]:
    """Yield what is in a workbook, piece by piece."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(data)
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    yield {"hidden": hidden}
    for sheet in sheets:
        if sheet.name in hidden:
            continue
        read = book.get_sheet_by_name(sheet.name)
        column = read.start[1] if read.start else 0
        yield {"sheet": sheet.name, "column": column, "merged": (read.merged_cell_ranges or [])[:20_000]}
        for row in read.iter_rows() if read.start else ():
            yield [plain(cell) for cell in row]
    yield "end"


def main() -> None:
    """Read standard input, write standard output."""
    import io

    sys.path.append(sys.argv[1])
    limit(int(sys.argv[2]))
    write = sys.stdout.write
    try:
        from python_calamine import PasswordError
    except ImportError:
        write('{"refused": "missing"}\n')
        return
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
    try:
        for piece in pieces(io.BytesIO(sys.stdin.buffer.read())):
            write(encode(piece) + "\n")
    except PasswordError:
        write('{"refused": "password"}\n')
    except MemoryError:
        write('{"refused": "memory"}\n')
    except BaseException:  # a panic of the reader is no Exception
        write('{"refused": "damaged"}\n')


if __name__ == "__main__":
    main()
