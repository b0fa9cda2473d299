"""What counts in the order of the hits, and how much: in one place, each with its reason."""

# What each part counts; they add up to 1, so a score without an exact code lies between 0 and 1.
WEIGHTS = {
    # A title that has the topic of the question is the best single sign.
    "coverage": 0.34,
    # Of titles that have it, the one that says little else: "Đăng ký khai sinh" before its eleven variants.
    "share": 0.24,
    # Syllables are ambiguous, pairs hardly: "khai sinh" is no "sinh khai".
    "pairs": 0.13,
    # What the kind of content knows, such as the level of government nearest to the citizen.
    "prior": 0.12,
    # Popular names that an editor gave.
    "keywords": 0.10,
    # The text answers what the title does not name; a long text has every word.
    "body": 0.04,
    # What others chose for the very same question; little, so that it never feeds itself.
    "chosen": 0.02,
    # Marks typed as they stand in the title settle what is left: "bán" is no "bạn".
    "marks": 0.01,
}
# What is asked of a title is asked of a popular name as well, which counts a little less.
POPULAR = 0.9
# Taken off a title that says the contrary of what was asked, or that is for few of those who ask.
OPPOSITE = 0.07
# Taken off a title that begins with an act that comes after the first one: who names none wants the first.
LATER_ACT = 0.03
# An exact code or reference stands before everything else.
EXACT = 10.0
# A question word is no topic, yet one that stands in the title is no accident.
UNINFORMATIVE_WEIGHT = 0.1
# A share of the title is mostly one of its main part, before the cases: who asks for "kết hôn" is nearer to that "có
# yếu tố nước ngoài" than to another act ("đăng ký lại", "chấm dứt").
MAIN_PART = 0.6
# A body of so many syllables counts half.
BODY_HALF = 3000
# Below it are hits with about a third of the topic and no word of it.
THRESHOLD = 0.25

# Pairs of which a question that names one does not want the other.
OPPOSITES = (
    ("bat buoc", "tu nguyen"),
    ("ca nhan", "to chuc"),
    ("thuong tru", "tam tru"),
    ("xuat khau", "nhap khau"),
    ("xuat canh", "nhap canh"),
    ("thanh lap", "giai the"),
    ("trong nuoc", "nuoc ngoai"),
    ("noi dia", "bien"),
)

# Cases that are meant only where they are named: officers who come to the house, neighbours across the border.
RARE_CASES = ("luu dong", "bien gioi")

# Acts with the words of which one names them: what is lost or broken is issued again.
LATER_ACTS = {
    "cap lai": ("lai", "mat", "hong"),
    "dang ky lai": ("lai", "mat"),
    "cap doi": ("doi", "hong"),
    "gia han": ("gia han", "het han"),
    "thu hoi": ("thu hoi",),
    "xoa": ("xoa",),
    "huy": ("huy",),
    "cham dut": ("cham dut",),
    "thoi": ("thoi",),
    "dung": ("dung",),
}
