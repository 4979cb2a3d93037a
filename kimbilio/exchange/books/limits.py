"""How much a book may hold. A real one is far below; what is above is a mistake or an attack.

The largest book we promise to read is 50,000 people with a month of days: 1.7 million cells, 75 MB unpacked.
"""

MEGABYTE = 1024 * 1024

MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_PACKED_FILES = 2_000
# XML of a sheet packs 10 to 60 times; a bomb a thousand times. Small files may be as dense as they like.
MOST_TIMES_PACKED = 250
ALWAYS_UNPACKED = MEGABYTE

# Files that one person may have chosen and neither taken in nor left.
MOST_WAITING = 20

MOST_SHEETS = 100
MOST_LINES = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 3_000_000
MOST_TEXT = 30_000_000  # characters in all
MOST_IN_A_CELL = 32_767  # Excel's own limit

# The process that takes spreadsheets apart is stopped at either.
PROCESS_MEMORY = 256 * MEGABYTE
PROCESS_SECONDS = 60
