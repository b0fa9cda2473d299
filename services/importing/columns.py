"""The columns that an import file may have: keys of a JSON line, headings of a CSV or XLSX table (docs/import.md)."""

from services.tables.header import Column, Header

COLUMNS = (
    Column("code", 40, ("mã", "mã thủ tục", "mã tthc", "mã thủ tục hành chính"), decimals=6),
    Column("name", 4_000, ("tên", "tên thủ tục", "tên tthc", "tên thủ tục hành chính")),
    Column("title", 255, ("tên rút gọn",)),
    Column("field", 255, ("lĩnh vực",)),
    Column("level", 255, ("cấp thực hiện",)),
    Column("level_raw", 255),
    Column("agency", 5_000, ("cơ quan thực hiện",)),
    Column("units", 20_000, ("đơn vị thực hiện",)),
    Column("competent_agency", 5_000, ("cơ quan có thẩm quyền",)),
    Column("audience", 2_000, ("đối tượng", "đối tượng thực hiện")),
    Column("channels", 200_000, ("cách thức thực hiện",)),
    Column("time_limit", 50_000, ("thời hạn", "thời hạn giải quyết")),
    Column("fee", 50_000, ("phí, lệ phí", "phí", "lệ phí")),
    Column("documents", 200_000, ("thành phần hồ sơ", "hồ sơ")),
    Column("dossier_count", 20, ("số lượng hồ sơ", "số bộ hồ sơ")),
    Column("steps", 200_000, ("trình tự", "trình tự thực hiện")),
    Column("result", 50_000, ("kết quả", "kết quả thực hiện")),
    Column("conditions", 200_000, ("yêu cầu, điều kiện", "yêu cầu, điều kiện thực hiện")),
    Column("legal_basis", 50_000, ("căn cứ pháp lý",)),
    Column("decision_number", 120, ("quyết định công bố", "số quyết định")),
    Column("decision_date", 20, ("ngày quyết định",)),
    Column("in_force_from", 20, ("có hiệu lực từ",)),
    Column("in_force_until", 20, ("có hiệu lực đến",)),
    Column("place", 255, ("nơi nộp hồ sơ",)),
    Column("place_note", 255, ("ghi chú nơi nộp hồ sơ",)),
    Column("url", 500, ("địa chỉ trên cơ sở dữ liệu quốc gia",)),
    Column("apply_url", 500, ("địa chỉ nộp hồ sơ trực tuyến",)),
    Column("keywords", 5_000, ("từ khóa",)),
    Column("maturity", 40, ("mức trực tuyến",)),
    Column("maturity_level", 10, ("mức độ",)),
    Column("maturity_date", 20, ("mức độ từ ngày",)),
    Column("maturity_decision", 80, ("quyết định về mức độ",)),
    Column("maturity_unit", 255, ("đơn vị của mức độ",)),
    Column("maturity_flags", 255, ("khả năng trực tuyến",)),
)
#: what no row can be without
REQUIRED = ("code", "name", "field")
#: known keys of the national data that say nothing about the service itself
IGNORED = frozenset({"ministry", "source"})
HEADER = Header(COLUMNS, REQUIRED)
