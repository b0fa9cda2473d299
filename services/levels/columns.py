"""The columns of a file of levels (docs/levels.md)."""

from services.tables.header import Column, Header

COLUMNS = (
    Column("code", 40, ("mã", "mã tthc", "mã thủ tục hành chính"), title="Mã thủ tục", decimals=6),
    Column("unit", 255, ("đơn vị thực hiện",), title="Đơn vị"),
    Column("level", 10, (), title="Mức độ"),
    Column("extent", 40, ("mức trực tuyến",), title="Phạm vi trực tuyến"),
    Column("date", 20, ("ngày", "có hiệu lực từ"), title="Từ ngày"),
    Column("decision_number", 80, ("decision", "số quyết định"), title="Quyết định"),
    Column("flags", 255, ("khả năng",), title="Khả năng trực tuyến"),
    Column("note", 255, (), title="Ghi chú"),
)
#: what no file can be without
REQUIRED = ("code", "date", "decision_number")
HEADER = Header(COLUMNS, REQUIRED)
