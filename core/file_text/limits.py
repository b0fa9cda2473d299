"""How much of a file is read, and what reading it may cost."""

#: bytes; a larger file is not opened
LARGEST_FILE = 50 * 1024 * 1024
#: characters of one file that are kept
LONGEST_TEXT = 200_000
#: pages of a PDF that are read
MOST_PAGES = 500
#: letters and digits a page on average, below which a PDF is a scan: a stamp or a signature's mark is no text layer
LETTERS_A_PAGE = 10
#: cells of a workbook that are read
MOST_CELLS = 500_000
#: bytes of XML, unpacked, in a DOCX, ODT or XLSX file, and the number of its parts
LONGEST_PART = 100 * 1024 * 1024
MOST_PARTS = 10_000

#: bytes of address space of the reading process
MEMORY = 512 * 1024 * 1024
#: seconds of its processor time after which it gives what it has …
SECONDS_OF_READING = 20
#: … and after which the system ends it
SECONDS_OF_PROCESSOR = 30
#: seconds on the clock after which it is killed
SECONDS = 60
#: bytes that it may write: a text of `LONGEST_TEXT` characters, each escaped at worst
LARGEST_ANSWER = 12 * LONGEST_TEXT + 4096
