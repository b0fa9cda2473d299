"""The types of documents that every portal starts with; editors may change, add and remove them afterwards."""

from django.db import migrations

from core.text import slugify

#: The 29 types of administrative documents: NĐ 30/2020/NĐ-CP, Điều 7 and Phụ lục III. Name, name in English, abbreviation.
ADMINISTRATIVE = (
    ("Nghị quyết", "Resolution", "NQ"),
    ("Quyết định", "Decision", "QĐ"),
    ("Chỉ thị", "Directive", "CT"),
    ("Quy chế", "Regulation", "QC"),
    ("Quy định", "Rules", "QyĐ"),
    ("Thông cáo", "Communiqué", "TC"),
    ("Thông báo", "Notice", "TB"),
    ("Hướng dẫn", "Guidelines", "HD"),
    ("Chương trình", "Programme", "CTr"),
    ("Kế hoạch", "Plan", "KH"),
    ("Phương án", "Scheme of action", "PA"),
    ("Đề án", "Scheme", "ĐA"),
    ("Dự án", "Project", "DA"),
    ("Báo cáo", "Report", "BC"),
    ("Biên bản", "Minutes", "BB"),
    ("Tờ trình", "Submission", "TTr"),
    ("Hợp đồng", "Contract", "HĐ"),
    ("Công văn", "Official letter", ""),
    ("Công điện", "Official telegram", "CĐ"),
    ("Bản ghi nhớ", "Memorandum", "BGN"),
    ("Bản thỏa thuận", "Agreement", "BTT"),
    ("Giấy ủy quyền", "Authorisation", "GUQ"),
    ("Giấy mời", "Invitation", "GM"),
    ("Giấy giới thiệu", "Letter of introduction", "GGT"),
    ("Giấy nghỉ phép", "Leave permit", "GNP"),
    ("Phiếu gửi", "Dispatch slip", "PG"),
    ("Phiếu chuyển", "Transfer slip", "PC"),
    ("Phiếu báo", "Notification slip", "PB"),
    ("Thư công", "Courtesy letter", ""),
)
#: Legal documents: Luật Ban hành văn bản quy phạm pháp luật. Laws are numbered by the National Assembly's term.
LEGAL = (
    ("Luật", "Law", ""),
    ("Pháp lệnh", "Ordinance", ""),
    ("Lệnh", "Order", "L"),
    ("Nghị định", "Decree", "NĐ"),
    ("Thông tư", "Circular", "TT"),
    ("Thông tư liên tịch", "Joint circular", "TTLT"),
    ("Nghị quyết (quy phạm pháp luật)", "Legal resolution", "NQ"),
    ("Quyết định (quy phạm pháp luật)", "Legal decision", "QĐ"),
)


def add_types(apps, schema_editor):
    """Add those that are missing; what is there keeps the changes of its editors."""
    types = apps.get_model("announcements", "DocumentType").objects.using(schema_editor.connection.alias)
    for is_legal, rows in ((False, ADMINISTRATIVE), (True, LEGAL)):
        for name, name_en, abbreviation in rows:
            defaults = {"name_en": name_en, "abbreviation": abbreviation, "slug": slugify(name, max_length=70)}
            types.get_or_create(name=name, is_legal=is_legal, defaults=defaults)


class Migration(migrations.Migration):
    dependencies = [("announcements", "0001_initial")]
    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]
