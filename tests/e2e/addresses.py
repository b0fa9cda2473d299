"""Every kind of public page with an address of the demo in each language in which it is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """A kind of page, its path with query, and the status that it answers."""

    kind: str
    language: str
    path: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.kind}-{self.language}"


#: kind → path in Vietnamese, path in English or "" where the demo has no such page in English
PATHS = {
    "front": ("/", "/en/"),
    "catalogue": ("/dich-vu-cong/", "/en/services/"),
    "catalogue-filtered": ("/dich-vu-cong/?level=3&level=4&field=ho-tich", "/en/services/?level=3&level=4"),
    "catalogue-empty": ("/dich-vu-cong/?q=khong+co+gi+nhu+the", "/en/services/?q=nothing+like+that"),
    "service": ("/dich-vu-cong/dang-ky-khai-sinh/", "/en/services/birth-registration/"),
    "service-long": ("/dich-vu-cong/cap-giay-phep-xay-dung-nha-o-rieng-le/", ""),
    "directives": ("/van-ban/", "/en/documents/"),
    "directive": ("/van-ban/45-kh-ubnd-2019/", ""),
    "directive-replaced": ("/van-ban/38-kh-ubnd-2018/", ""),
    "announcements": ("/thong-bao/", "/en/announcements/"),
    "announcement-urgent": ("/thong-bao/canh-bao-chay-rung-cap-v-tai-9-xa-co-rung/", ""),
    "announcement-expired": ("/thong-bao/tuyen-dung-cong-chuc-xa-thi-tran/", ""),
    "plan": ("/ke-hoach-so-lieu/?year=2019&date=31/10/2019", "/en/plans/?year=2019&date=31/10/2019"),
    "units": ("/don-vi/", "/en/departments/"),
    "unit": ("/don-vi/phong-tu-phap/", "/en/departments/phong-tu-phap/"),
    "search": ("/tim-kiem/?q=khai+sinh", "/en/search/?q=registration"),
    "search-empty": ("/tim-kiem/?q=xyzzyq", "/en/search/?q=xyzzyq"),
    "search-unasked": ("/tim-kiem/", "/en/search/"),
    "plain-page": ("/kha-nang-tiep-can/", "/en/accessibility/"),
    "site-map": ("/so-do-trang/", "/en/site-map/"),
}
REFUSED = {
    "catalogue-malformed": (400, "/dich-vu-cong/?level=9", "/en/services/?level=9"),
    "directives-malformed": (400, "/van-ban/?issued_from=31/02/2019", "/en/documents/?issued_from=31/02/2019"),
    "plan-malformed": (400, "/ke-hoach-so-lieu/?date=31/02/2019", "/en/plans/?date=31/02/2019"),
    "plan-missing": (404, "/ke-hoach-so-lieu/?year=2001", "/en/plans/?year=2001"),
    "not-found": (404, "/khong-co-trang-nay/", "/en/no-such-page/"),
    "not-in-english": (404, "", "/en/services/dang-ky-khai-sinh/"),
}


def all_addresses() -> list[Address]:
    found = [
        Address(kind, code, path)
        for kind, paths in PATHS.items()
        for code, path in zip(("vi", "en"), paths, strict=True)
    ]
    for kind, (status, *paths) in REFUSED.items():
        found += [Address(kind, code, path, status) for code, path in zip(("vi", "en"), paths, strict=True)]
    return [address for address in found if address.path]
