"""The columns of a file of dossier statistics (docs/statistics.md)."""

from services.tables.header import Column, Header

#: digits of a count that are looked at; more are no number of dossiers
_DIGITS = 40
COLUMNS = (
    Column("month", 20, ("tháng", "kỳ"), title="Kỳ báo cáo"),
    Column("unit", 255, ("tên đơn vị", "cơ quan"), title="Đơn vị"),
    Column("code", 40, ("mã", "mã tthc", "mã thủ tục hành chính"), title="Mã thủ tục", decimals=6),
    Column("field", 255, (), title="Lĩnh vực"),
    Column("received_online", _DIGITS, ("trực tuyến",), title="Tiếp nhận trực tuyến"),
    Column("received_in_person", _DIGITS, ("trực tiếp",), title="Tiếp nhận trực tiếp"),
    Column("received_by_post", _DIGITS, ("bưu chính", "tiếp nhận bưu chính"), title="Tiếp nhận qua bưu chính"),
    Column("received", _DIGITS, ("tổng số tiếp nhận",), title="Tổng tiếp nhận"),
    Column("carried_over", _DIGITS, ("từ kỳ trước",), title="Kỳ trước chuyển sang"),
    Column("finished_early", _DIGITS, ("trước hạn",), title="Giải quyết trước hạn"),
    Column("finished_on_time", _DIGITS, ("đúng hạn",), title="Giải quyết đúng hạn"),
    Column("finished_late", _DIGITS, ("quá hạn",), title="Giải quyết quá hạn"),
    Column("finished", _DIGITS, ("tổng số giải quyết",), title="Tổng giải quyết"),
)
REQUIRED = (
    "month",
    "unit",
    "received_online",
    "received_in_person",
    "received_by_post",
    "finished_early",
    "finished_on_time",
    "finished_late",
)
HEADER = Header(COLUMNS, REQUIRED)
