"""An account for each role, with passwords made for this copy of the demo and kept beside its database."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Workflow

from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR, provide_group
from home.demo.pages import section_of
from home.models import HomePage

SECTION = "Phòng Tư pháp"
#: user name, shown name, role; None is the administrator
ACCOUNTS = (
    ("quantri", "Quản trị", None),
    ("banbientap", "Ban Biên tập", PUBLISHER),
    ("truongphong", "Trưởng phòng", REVIEWER),
    ("bientap", "Biên tập viên", AUTHOR),
    ("phiendich", "Phiên dịch", TRANSLATOR),
    ("tracuu", "Cán bộ tra cứu", STAFF_READER),
)


def accounts_file() -> Path:
    return Path(settings.VAR_DIR) / "demo_accounts.json"


def load_accounts() -> None:
    """Create the accounts that are missing; a password that somebody changed stays."""
    passwords = read_accounts()
    for name, shown, role in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(username=name, defaults={"first_name": shown})
        if created or name not in passwords:
            passwords[name] = secrets.token_urlsafe(9)
            user.set_password(passwords[name])
        user.is_superuser = user.is_staff = role is None
        user.email = user.email or f"{name}@example.org"
        user.save()
        if role is not None:
            user.groups.set([_group(role)])
    _let_approve()
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords, ensure_ascii=False, indent=1), encoding="utf-8")


def _let_approve() -> None:
    """Wagtail's own workflow knows only its own group: name it in Vietnamese and let the demo's roles decide in it."""
    deciding = Group.objects.filter(name__in=["Ban Biên tập", f"{SECTION}: người duyệt"])
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        task.name = "Duyệt"
        task.save()
        task.groups.add(*deciding)
    Workflow.objects.filter(name="Moderators approval").update(name="Duyệt và xuất bản")


def _group(role):
    if role is PUBLISHER:
        return provide_group(role, "Ban Biên tập", HomePage.objects.all())
    if role is STAFF_READER:
        return provide_group(role, "Cán bộ tra cứu")
    section = section_of(SECTION, "en" if role is TRANSLATOR else "vi")
    names = {AUTHOR: "biên tập viên", REVIEWER: "người duyệt", TRANSLATOR: "phiên dịch"}
    return provide_group(role, f"{SECTION}: {names[role]}", [section], section.department)


def read_accounts() -> dict[str, str]:
    path = accounts_file()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
