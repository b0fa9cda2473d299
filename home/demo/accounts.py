"""An account for each role, with passwords made for this copy of the demo and kept beside its database."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from departments.filing import file_by_unit
from departments.models import Department
from departments.provisioning import provide_roles
from departments.roles import AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR, Role, group_of

UNIT = "Phòng Tư pháp"
#: user name, shown name, role (of the unit, or of the portal); None may do everything
ACCOUNTS = (
    ("quantri", "Quản trị", None),
    ("banbientap", "Ban Biên tập", PUBLISHER),
    ("truongphong", "Trưởng phòng", REVIEWER),
    ("phophong", "Phó Trưởng phòng", REVIEWER),
    ("bientap", "Biên tập viên", AUTHOR),
    ("phiendich", "Phiên dịch", TRANSLATOR),
    ("tracuu", "Cán bộ tra cứu", STAFF_READER),
)


def accounts_file() -> Path:
    return Path(settings.VAR_DIR) / "demo_accounts.json"


def load_accounts() -> None:
    """Give every unit its groups and files; create missing accounts. A password that somebody changed stays."""
    provide_roles()
    file_by_unit()
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
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords, ensure_ascii=False, indent=1), encoding="utf-8")


def _group(role: Role) -> Group | None:
    return group_of(role, Department.objects.get(name=UNIT) if role.of_unit else None)


def read_accounts() -> dict[str, str]:
    path = accounts_file()
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
