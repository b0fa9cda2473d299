"""Papers of a dossier from prose: "Tờ khai [1 bản chính,1 bản sao]", headings before them, forms by file name. Pure."""

import re
from typing import Any

from core.text import fold

Value = dict[str, Any]

# The source breaks the count over lines ("[0 bản chính]\n,1 bản sao") and has two ways of writing it.
_BROKEN_COUNT = re.compile(r"\[(\d{1,4}) bản chính\]\s*\n,\s*(\d{1,4}) bản sao")
_COUNT = re.compile(
    r"\[(?:(?P<originals>\d{1,4}) bản chính)?,?\s*(?:(?P<copies>\d{1,4}) bản sao)?\]"
    r"|\[Bản chính: (?P<originals2>\d{1,4}), Bản sao: (?P<copies2>\d{1,4})\]",
    re.IGNORECASE,
)
_FORM = re.compile(r"\s*\(mẫu: (?P<form>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)?", re.IGNORECASE)
_EXTENSION = r"\.(?:docx?|xlsx?|pdf|rtf|zip|rar)"
# A file name follows a mark of punctuation, or runs into the text before it: "…NĐ-CPMẫu số 11.docx".
_FILES = re.compile(
    rf"(?P<text>.*(?:[;.]|(?<=\w)(?=M[ẫẪa]u |MẪU |Ph[ụu] l[ụu]c |PHỤ LỤC |Đơn |Don )))"
    rf"\s*(?P<files>(?!docx?|xlsx?|pdf)[^\W\d](?:[^;\n]{{0,80}}?{_EXTENSION})+)",
    re.DOTALL,
)
_ENDS_AS_FILE = re.compile(rf"{_EXTENSION}\Z", re.IGNORECASE)
_AFTER_EXTENSION = re.compile(r"(?<=\.docx)(?=\w)|(?<=\.doc)(?=[^\Wx])|(?<=\.pdf)(?=\w)|(?<=\.xlsx)(?=\w)")
_BULLET = re.compile(r"\A(?:[-+*•–]\s*)+")
_LISTED = re.compile(r"(?:[-+*•–]|\d{1,2}[.)]|[a-zđ]\))\s*\S", re.IGNORECASE)
#: a text before a paper that is longer than this is part of the paper, not the heading of a case
_LONGEST_CASE = 600


def cases(text: str) -> list[Value]:
    """Cases in order, each with its papers; most services have one case without a name."""
    text = _BROKEN_COUNT.sub(r"[\1 bản chính,\2 bản sao]", text)
    found: list[Value] = []
    at = 0
    for count in _COUNT.finditer(text):
        if count.start() < at:
            continue
        form = _FORM.match(text, count.end())
        _add(found, text[at : count.start()], count, form["form"].strip() if form else "")
        at = form.end() if form else count.end()
    _add_uncounted(found, text[at:])
    return [case for case in found if case["papers"]]


def _add(found: list[Value], text: str, count: re.Match[str], form: str) -> None:
    heading, name = _split_heading(text)
    if heading or not found:
        found.append({"name": heading, "papers": []})
    if name:
        originals = count["originals"] or count["originals2"]
        copies = count["copies"] or count["copies2"]
        if not int(originals or 0) and not int(copies or 0):
            originals = copies = None  # a remark among the papers: nothing of it is handed in
        found[-1]["papers"].append(_paper(name, originals, copies, form, found[-1]["name"]))


def _split_heading(text: str) -> tuple[str, str]:
    """The lines before a paper's own line head a case, unless they are too long for that."""
    lines = [line for line in (line.strip().lstrip(";,. ") for line in text.split("\n")) if line]
    if not lines:
        return "", ""
    heading = "\n".join(lines[:-1])
    if len(heading) > _LONGEST_CASE:
        return "", "\n".join(lines)
    return _BULLET.sub("", heading), lines[-1]


def _paper(name: str, originals: str | None, copies: str | None, form: str, case: str) -> Value:
    name = _BULLET.sub("", name).strip()
    if not form:
        name, form = _split_files(name)
    return {
        "name": name.rstrip(" ;,"),
        "originals": int(originals) if originals else None,
        "copies": int(copies) if copies else None,
        "form": None,
        "note": form,
        "show_only": is_shown_only(case),
    }


def is_shown_only(case: str) -> bool:
    """True where the name of the case says that its papers are shown (xuất trình) and not handed in (nộp)."""
    folded = fold(case)
    return "xuat trinh" in folded and "nop" not in folded


def _split_files(name: str) -> tuple[str, str]:
    """The paper and the names of its form files, where the source put them at its end."""
    found = _FILES.fullmatch(name) if _ENDS_AS_FILE.search(name) else None
    if not found or not found["text"].strip(" ;.") or "ban hành" in found["files"]:
        return name, ""
    return found["text"], "; ".join(_AFTER_EXTENSION.split(found["files"].strip()))


def _add_uncounted(found: list[Value], text: str) -> None:
    """What has no count: a paper a line where every line is an entry of a list, else one text."""
    lines = [line for line in (line.strip().lstrip(";,. ") for line in text.split("\n")) if line]
    if not lines:
        return
    if not found:
        found.append({"name": "", "papers": []})
    names = lines if all(_LISTED.match(line) for line in lines) else ["\n".join(lines)]
    found[-1]["papers"] += [_paper(name, None, None, "", found[-1]["name"]) for name in names]
