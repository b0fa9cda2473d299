"""Files as people upload them, and as people who mean harm do."""

import io
import zipfile
import zlib

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

SENTENCE = "Ke hoach kiem soat thu tuc hanh chinh"  # the font that every PDF reader has knows no Vietnamese
VIETNAMESE = "Kế hoạch kiểm soát thủ tục hành chính"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)


def pdf(text: str = SENTENCE, pages: int = 2) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for number in range(pages):
        sheet.drawString(72, 720, f"{text} {number + 1}")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def scanned_pdf(stamp: str = "") -> bytes:
    """Pictures of three pages, and perhaps a stamp on the first."""
    out, picture = io.BytesIO(), io.BytesIO()
    Image.new("L", (200, 280), 200).save(picture, "PNG")
    sheet = canvas.Canvas(out)
    for number in range(3):
        picture.seek(0)
        sheet.drawImage(ImageReader(picture), 0, 0, 595, 842)
        if stamp and number == 0:
            sheet.drawString(72, 720, stamp)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def swollen_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to very much."""
    packer = zlib.compressobj(9)
    block = b"(a) Tj " * 150_000
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, pages: int = 3, declarations: str = "") -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs or (VIETNAMESE,))
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return package(
        {
            "word/document.xml": f"{declarations}<w:document {WORD}><w:body>{lines}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {WORD}><w:p><w:r><w:t>Theo mẫu</w:t></w:r></w:p></w:footnotes>",
            "docProps/app.xml": f'<Properties xmlns="{properties}"><Pages>{pages}</Pages></Properties>',
        }
    )


def odt(text: str = VIETNAMESE) -> bytes:
    body = f"<text:h>{text}</text:h><text:p>Mục<text:s/>tiêu<text:span> chung</text:span>, năm</text:p>"
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}>{body}</office:document-content>",
            "meta.xml": f'<office:meta {ODF}><meta:document-statistic meta:page-count="4"/></office:meta>',
        }
    )


def xlsx(*rows: tuple) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.title = "Phụ lục"
    for row in rows or ((VIETNAMESE, 45),):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A DOCX of a hundred kilobytes whose text unpacks to 110 MB."""
    return package({"word/document.xml": b"a" * (110 * 1024 * 1024)})


def entity_bomb() -> bytes:
    """Each entity names the one before it ten times."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return docx("&e9;", declarations=f'<!DOCTYPE w [<!ENTITY e0 "Ủy ban">{entities}]>')
