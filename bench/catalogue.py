"""A made-up catalogue for the import, as large as the national one: always the same records, none of them real.

Names are put together from fields, objects and occasions, so that syllables repeat as they do in real names; lengths
of texts follow those measured on the national data (steps: median 1,200 characters; papers: 660).
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

SIZE = 2917
SEED = 2917

#: field → what its procedures are about
FIELDS = {
    "Hộ tịch": ("khai sinh", "khai tử", "kết hôn", "giám hộ", "nhận cha, mẹ, con", "thay đổi, cải chính hộ tịch"),
    "Chứng thực": ("bản sao từ bản chính", "chữ ký trong giấy tờ", "hợp đồng, giao dịch", "chữ ký người dịch"),
    "Nuôi con nuôi": ("việc nuôi con nuôi trong nước", "việc nuôi con nuôi có yếu tố nước ngoài"),
    "Đất đai": ("quyền sử dụng đất", "biến động đất đai", "thửa đất sau khi tách, hợp thửa", "giá đất cụ thể"),
    "Môi trường": ("giấy phép môi trường", "phương án cải tạo, phục hồi môi trường", "việc xả nước thải"),
    "Tài nguyên nước": ("giấy phép khai thác nước dưới đất", "công trình khai thác nước mặt"),
    "Địa chất và khoáng sản": ("giấy phép thăm dò khoáng sản", "đề án đóng cửa mỏ khoáng sản"),
    "Hoạt động xây dựng": ("giấy phép xây dựng nhà ở riêng lẻ", "chứng chỉ hành nghề hoạt động xây dựng"),
    "Quy hoạch xây dựng": ("nhiệm vụ quy hoạch chi tiết", "thông tin quy hoạch xây dựng"),
    "Nhà ở": ("việc thuê nhà ở công vụ", "việc mua nhà ở xã hội", "nhà ở cũ thuộc tài sản công"),
    "Hạ tầng kỹ thuật": ("giấy phép chặt hạ cây xanh đô thị", "việc đấu nối thoát nước"),
    "Đường bộ": ("giấy phép lái xe", "phù hiệu xe ô tô vận tải", "giấy phép thi công trên đường bộ"),
    "Đường thủy nội địa": ("phương tiện thủy nội địa", "bến khách ngang sông", "bằng thuyền trưởng"),
    "Hàng hải": ("tàu biển", "chứng chỉ chuyên môn thuyền viên", "việc sử dụng tạm thời vùng nước cảng biển"),
    "Hàng không": ("giấy phép nhân viên hàng không", "việc khai thác tàu bay", "cảng hàng không, sân bay"),
    "Đăng kiểm": ("phương tiện giao thông cơ giới", "thiết bị nâng của tàu biển"),
    "Đường sắt": ("phương tiện giao thông đường sắt", "giấy phép lái tàu"),
    "Hải quan": ("hàng hóa xuất khẩu", "hàng hóa tạm nhập, tái xuất", "kho ngoại quan", "phương tiện xuất cảnh"),
    "Thuế": ("thuế thu nhập cá nhân", "thuế giá trị gia tăng", "mã số thuế", "tiền thuế nộp thừa"),
    "Chứng khoán": ("công ty quản lý quỹ", "việc chào bán chứng khoán ra công chúng", "người hành nghề chứng khoán"),
    "Bảo hiểm": ("doanh nghiệp môi giới bảo hiểm", "chương trình bảo hiểm vi mô"),
    "Quản lý công sản": ("việc mua sắm tài sản công", "việc thanh lý tài sản công"),
    "Ngân hàng": ("tổ chức tín dụng phi ngân hàng", "phòng giao dịch ngân hàng", "quỹ tín dụng nhân dân"),
    "Hoạt động ngoại hối": ("khoản vay nước ngoài", "giao dịch ngoại hối của đại lý đổi ngoại tệ"),
    "Thành lập doanh nghiệp": ("công ty cổ phần", "chi nhánh, văn phòng đại diện", "hộ kinh doanh"),
    "Hợp tác xã": ("hợp tác xã", "liên hiệp hợp tác xã", "tổ hợp tác"),
    "Đầu tư": ("chủ trương đầu tư", "dự án đầu tư", "văn phòng điều hành của nhà đầu tư nước ngoài"),
    "Đấu thầu": ("kế hoạch lựa chọn nhà thầu", "chuyên gia đấu thầu"),
    "Lưu thông hàng hóa": ("việc bán lẻ rượu", "việc bán lẻ thuốc lá", "cửa hàng bán lẻ xăng dầu"),
    "Xúc tiến thương mại": ("chương trình khuyến mại", "hội chợ, triển lãm thương mại"),
    "Hóa chất": ("kế hoạch ứng phó sự cố hóa chất", "việc sản xuất hóa chất có điều kiện"),
    "Điện lực": ("giấy phép hoạt động điện lực", "thẻ an toàn điện"),
    "Trồng trọt": ("mã số vùng trồng", "việc chuyển đổi cơ cấu cây trồng", "quyết định lưu hành giống cây"),
    "Bảo vệ thực vật": ("việc buôn bán thuốc bảo vệ thực vật", "việc kiểm dịch thực vật"),
    "Chăn nuôi": ("thức ăn chăn nuôi", "trang trại chăn nuôi quy mô lớn", "việc di dời cơ sở chăn nuôi"),
    "Thú y": ("chứng chỉ hành nghề thú y", "vùng an toàn dịch bệnh động vật", "việc kiểm dịch động vật"),
    "Thủy sản": ("tàu cá", "giấy phép khai thác thủy sản", "lồng bè nuôi trồng thủy sản"),
    "Lâm nghiệp": ("phương án quản lý rừng bền vững", "nguồn giống cây trồng lâm nghiệp", "mã số cơ sở gây nuôi"),
    "Thủy lợi": ("phương án ứng phó thiên tai cho công trình", "hoạt động trong phạm vi bảo vệ công trình"),
    "Phòng, chống thiên tai": ("kinh phí khắc phục thiệt hại do thiên tai", "việc trợ giúp do thiên tai"),
    "Phát triển nông thôn": ("phương án bố trí, ổn định dân cư", "sản phẩm OCOP", "nghề truyền thống"),
    "An toàn thực phẩm": ("cơ sở đủ điều kiện an toàn thực phẩm", "bản công bố sản phẩm", "nội dung quảng cáo"),
    "Khám bệnh, chữa bệnh": ("giấy phép hành nghề", "giấy phép hoạt động phòng khám", "kỹ thuật mới"),
    "Dược phẩm": ("cơ sở đủ điều kiện kinh doanh dược", "chứng chỉ hành nghề dược", "thuốc phải kiểm soát đặc biệt"),
    "Y tế dự phòng": ("cơ sở tiêm chủng", "phòng xét nghiệm an toàn sinh học", "việc kiểm dịch y tế"),
    "Giáo dục mầm non": ("trường mẫu giáo", "nhóm trẻ độc lập", "trẻ em học mẫu giáo"),
    "Giáo dục phổ thông": ("học sinh trung học cơ sở", "trường tiểu học tư thục", "việc dạy thêm ngoài nhà trường"),
    "Giáo dục nghề nghiệp": ("hoạt động giáo dục nghề nghiệp", "hội đồng quản trị trường cao đẳng tư thục"),
    "Văn bằng, chứng chỉ": ("bản sao văn bằng từ sổ gốc", "văn bằng do cơ sở nước ngoài cấp"),
    "Việc làm": ("trợ cấp thất nghiệp", "giấy phép lao động cho người nước ngoài", "việc vay vốn giải quyết việc làm"),
    "Bảo trợ xã hội": ("trợ cấp xã hội hằng tháng", "mức độ khuyết tật", "cơ sở trợ giúp xã hội"),
    "Người có công": ("trợ cấp thờ cúng liệt sĩ", "chế độ đối với thương binh", "việc di chuyển hài cốt liệt sĩ"),
    "Bảo hiểm xã hội": ("sổ bảo hiểm xã hội", "chế độ thai sản", "thẻ bảo hiểm y tế", "lương hưu"),
    "Trẻ em": ("việc chăm sóc thay thế cho trẻ em", "kế hoạch can thiệp, trợ giúp trẻ em"),
    "Tín ngưỡng, tôn giáo": ("hoạt động tín ngưỡng", "nhóm sinh hoạt tôn giáo tập trung", "người được phong phẩm"),
    "Tổ chức phi chính phủ": ("điều lệ hội", "quỹ xã hội, quỹ từ thiện", "ban vận động thành lập hội"),
    "Thi đua, khen thưởng": ("danh hiệu lao động tiên tiến", "giấy khen của Chủ tịch Ủy ban nhân dân cấp xã"),
    "Di sản văn hóa": ("bảo vật quốc gia", "việc tu bổ di tích", "bảo tàng ngoài công lập"),
    "Nghệ thuật biểu diễn": ("chương trình biểu diễn nghệ thuật", "cuộc thi người đẹp, người mẫu"),
    "Thể dục thể thao": ("câu lạc bộ thể thao", "kinh doanh hoạt động thể thao dưới nước"),
    "Lữ hành": ("giấy phép kinh doanh dịch vụ lữ hành", "thẻ hướng dẫn viên du lịch", "hạng cơ sở lưu trú"),
    "Xuất bản, in và phát hành": ("tài liệu không kinh doanh", "hoạt động cơ sở in", "cơ sở phát hành xuất bản phẩm"),
    "Viễn thông và Internet": ("điểm cung cấp dịch vụ trò chơi điện tử", "giấy phép sử dụng tần số vô tuyến điện"),
    "Khoa học và công nghệ": ("nhiệm vụ khoa học và công nghệ", "doanh nghiệp khoa học và công nghệ"),
    "Sở hữu trí tuệ": ("đơn nhãn hiệu", "văn bằng bảo hộ sáng chế", "hợp đồng chuyển giao quyền"),
    "Tiêu chuẩn đo lường": ("phương tiện đo nhóm 2", "tổ chức đánh giá sự phù hợp", "dấu định lượng"),
    "Năng lượng nguyên tử": ("công việc bức xạ", "chứng chỉ nhân viên bức xạ", "thiết bị X-quang y tế"),
    "Cư trú": ("thường trú", "tạm trú", "tạm vắng", "thông tin về cư trú"),
    "Căn cước": ("thẻ căn cước", "tài khoản định danh điện tử", "giấy chứng nhận căn cước"),
    "Quản lý xuất nhập cảnh": ("hộ chiếu phổ thông", "thị thực điện tử", "thẻ tạm trú", "giấy thông hành"),
    "Phương tiện giao thông": ("xe ô tô", "xe mô tô, xe gắn máy", "biển số xe trúng đấu giá"),
    "Phòng cháy, chữa cháy": ("thiết kế về phòng cháy, chữa cháy", "chứng nhận huấn luyện nghiệp vụ"),
    "Ngành nghề kinh doanh có điều kiện": ("giấy chứng nhận an ninh, trật tự", "con dấu", "vũ khí thô sơ"),
    "Nghĩa vụ quân sự": ("nghĩa vụ quân sự lần đầu", "việc di chuyển nghĩa vụ quân sự", "dân quân tự vệ"),
    "Chính sách": ("chế độ một lần cho người tham gia kháng chiến", "trợ cấp với quân nhân xuất ngũ"),
    "Luật sư": ("văn phòng luật sư", "chứng chỉ hành nghề luật sư", "người tập sự hành nghề"),
    "Công chứng": ("công chứng viên", "văn phòng công chứng", "thẻ công chứng viên"),
    "Giám định, đấu giá": ("giám định viên tư pháp", "doanh nghiệp đấu giá tài sản", "thẻ đấu giá viên"),
    "Trợ giúp pháp lý": ("yêu cầu trợ giúp pháp lý", "cộng tác viên trợ giúp pháp lý"),
    "Hòa giải ở cơ sở": ("hòa giải viên", "thù lao cho hòa giải viên"),
    "Bồi thường nhà nước": ("yêu cầu bồi thường", "việc phục hồi danh dự"),
    "Tiếp công dân, khiếu nại": ("đơn khiếu nại lần đầu", "đơn tố cáo", "kiến nghị, phản ánh"),
    "Tổ chức bộ máy": ("đơn vị sự nghiệp công lập", "vị trí việc làm", "việc đặt tên tổ dân phố"),
    "Công chức, viên chức": ("kỳ tuyển dụng viên chức", "việc xếp ngạch công chức"),
}
ACTIONS = (
    *("Đăng ký", "Đăng ký", "Cấp", "Cấp"),
    *("Đăng ký", "Đăng ký lại", "Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Điều chỉnh", "Thu hồi", "Thông báo về"),
    *("Xác nhận", "Công nhận", "Phê duyệt", "Thẩm định", "Chấp thuận", "Giải quyết hồ sơ", "Chấm dứt"),
)
OCCASIONS = (
    "",
    "",
    "",
    " có yếu tố nước ngoài",
    " tại khu vực biên giới",
    " lưu động",
    " trên địa bàn một tỉnh",
    " trên địa bàn từ hai tỉnh trở lên",
    " trong trường hợp bị mất, bị hỏng",
    " do thay đổi thông tin",
    " cho người đã có hồ sơ, giấy tờ cá nhân",
    " đối với hộ nghèo, hộ cận nghèo",
    " đối với tổ chức, doanh nghiệp có vốn đầu tư nước ngoài",
    " đối với trường hợp chuyển tiếp từ quy định cũ; trường hợp hồ sơ nộp trước ngày quy định mới có hiệu lực",
)
#: level of government as the national data writes it → agencies and how often the level occurs
TIERS = (
    ("Cấp xã", ("Ủy ban nhân dân cấp xã", "Công an cấp xã", "Trạm y tế xã"), 5),
    ("Cấp tỉnh", ("Sở Tư pháp", "Sở Xây dựng", "Sở Y tế", "Sở Nội vụ", "Ủy ban nhân dân cấp tỉnh", "Sở Tài chính"), 9),
    ("Cấp tỉnh, cấp xã", ("Ủy ban nhân dân cấp tỉnh; Ủy ban nhân dân cấp xã",), 2),
    ("Cấp bộ", ("Cục Hàng không Việt Nam", "Chi cục Hải quan khu vực", "Bộ Tài chính", "Ngân hàng Nhà nước"), 8),
)
AUDIENCES = (
    *("Công dân Việt Nam", "Người nước ngoài", "Người Việt Nam định cư ở nước ngoài", "Cán bộ, công chức, viên chức"),
    *("Doanh nghiệp", "Hợp tác xã", "Tổ chức nước ngoài", "Doanh nghiệp có vốn đầu tư nước ngoài"),
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
)
CHANNELS = (
    ["Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp"],
    ["Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp"],
    ["Dịch vụ bưu chính", "Trực tiếp"],
    ["Trực tiếp"],
)
SENTENCES = (
    "Người yêu cầu nộp hồ sơ về {thing} tại {agency} và nhận giấy hẹn ghi rõ ngày trả kết quả.",
    "Người tiếp nhận kiểm tra hồ sơ ngay khi nhận; hồ sơ chưa đầy đủ thì hướng dẫn bổ sung một lần bằng văn bản.",
    "Trong thời hạn {days} ngày làm việc kể từ ngày nhận đủ hồ sơ, {agency} xem xét, xác minh các thông tin liên quan.",
    "Trường hợp cần lấy ý kiến cơ quan khác, thời hạn được kéo dài không quá {days} ngày và phải báo cho người nộp.",
    "Nếu từ chối, {agency} trả lời bằng văn bản và nêu rõ lý do.",
    "Kết quả được trả tại nơi nộp hồ sơ, qua đường bưu chính hoặc gửi bản điện tử vào kho dữ liệu của người yêu cầu.",
    "Người nhận kết quả xuất trình giấy tờ tùy thân, kiểm tra nội dung ghi trên giấy và ký vào sổ.",
    "Hồ sơ về {thing} được cập nhật vào cơ sở dữ liệu chuyên ngành trong ngày trả kết quả.",
)
PAPERS = (
    "Tờ khai đề nghị về {thing} theo mẫu ban hành kèm theo nghị định hướng dẫn",
    "Giấy tờ tùy thân còn thời hạn sử dụng của người nộp hồ sơ",
    "Văn bản ủy quyền có chứng thực trong trường hợp nộp hồ sơ thay người khác",
    "Giấy tờ chứng minh nơi cư trú hoặc trụ sở tại thời điểm nộp hồ sơ",
    "Báo cáo tình hình thực hiện trong mười hai tháng gần nhất, có xác nhận của đơn vị quản lý trực tiếp",
    "Bản vẽ, sơ đồ vị trí hoặc tài liệu kỹ thuật có liên quan đến {thing}",
    "Quyết định hoặc giấy phép đã được cấp trước đó, nếu có",
    "Ảnh chân dung cỡ 4x6 cm chụp trong sáu tháng gần nhất",
)


def records() -> Iterator[dict[str, Any]]:
    """SIZE rows for `manage.py import_services`, each with a code and a name of its own."""
    random = Random(SEED)
    codes = sorted(random.sample(range(200_000, 999_999), SIZE))
    used: set[str] = set()
    for number in codes:
        field, thing, name = _name(random, used)
        yield _record(random, f"1.{number}", field, thing, name)


def _name(random: Random, used: set[str]) -> tuple[str, str, str]:
    fields = tuple(FIELDS)
    # Fields are unlike in size: a few hold hundreds of procedures, most hold some twenty.
    weights = [1 + 60 / (place + 3) for place in range(len(fields))]
    while True:
        field = random.choices(fields, weights)[0]
        thing = random.choice(FIELDS[field])
        name = f"{random.choice(ACTIONS)} {thing}{random.choice(OCCASIONS)}"
        if name not in used:
            used.add(name)
            return field, thing, name


def _record(random: Random, code: str, field: str, thing: str, name: str) -> dict[str, Any]:
    tier, agencies, _weight = random.choices(TIERS, [weight for _tier, _agencies, weight in TIERS])[0]
    agency, days = random.choice(agencies), random.choice((1, 3, 5, 7, 10, 15, 20, 30, 45))

    def written(sentence: str) -> str:
        return sentence.format(thing=thing, agency=agency.split(";")[0], days=days)

    steps = [written(random.choice(SENTENCES)) for _step in range(_length(random, 10))]
    papers = [written(paper) for paper in random.choices(PAPERS, k=_length(random, 7))]
    conditions = [written(random.choice(SENTENCES)) for _line in range(_length(random, 4))]
    laws = [f"Nghị định {random.randint(1, 190)}/{random.randint(2005, 2025)}/NĐ-CP" for _paper in papers]
    return {
        "code": code,
        "name": name,
        "field": field,
        "level_raw": tier,
        "agency": agency,
        "audience": ", ".join(random.sample(AUDIENCES, random.randint(1, 6))),
        "channels": random.choice(CHANNELS),
        "time_limit": f"{days} Ngày làm việc",
        "fee": random.choice(("Miễn phí", "", f"Lệ phí : {random.randint(1, 60) * 5_000} Đồng")),
        "steps": "\n".join(f"Bước {place}. {text}" for place, text in enumerate(steps, start=1)),
        "documents": "\n".join(f"- {paper}; [1 bản chính]" for paper in papers),
        "result": f"Văn bản trả lời về {thing}",
        "conditions": "\n".join(conditions) if random.random() < 0.37 else None,
        "legal_basis": "\n".join(laws),
        "decision_number": f"{random.randint(100, 3000)}/QĐ-UBND",
    }


def _length(random: Random, median: int) -> int:
    """Lines of a text: half of the texts up to the median, a few some times as long."""
    return max(1, min(10 * median, round(random.lognormvariate(0, 0.7) * median)))


def write(path: Path) -> None:
    """Write the catalogue as gzipped JSON lines; the same bytes every time."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        for record in records():
            packed.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
