"""What is kept for readers is dropped by what they would see changed, and at midnight."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from announcements.models import AnnouncementPage
from core.models import PublicVersion
from core.page_cache import read_version
from home.models import SiteSettings
from tests import factories as make
from tests.core.page_cache.conftest import publish


def unpublish(town):
    town.service.unpublish()


def rename_unit(town):
    unit = town.section.department
    unit.name = "Phòng Tư pháp và Hộ tịch"
    unit.save()


def restrict(town):
    make.restrict(town.service)


def restrict_the_section(town):
    make.restrict(town.section)


def set_level(town):
    make.add_level(town.service.procedure, 1)


def change_procedure(town):
    town.service.procedure.in_force_until = date(2019, 1, 1)
    town.service.procedure.save()


def change_units_of_procedure(town):
    town.service.procedure.units.set([])
    town.service.procedure.save()


def rename_authority(town):
    names = SiteSettings.for_site(Site.objects.get())
    names.authority_name = "Ủy ban nhân dân huyện"
    names.save()


def delete(town):
    town.service.delete()


def change_slug(town):
    town.service.slug = "khai-sinh"
    town.service.save_revision().publish()


CHANGES = [publish, unpublish, rename_unit, restrict, restrict_the_section, set_level, change_procedure]
CHANGES += [change_units_of_procedure, rename_authority, delete, change_slug]
each_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


@each_change
def test_a_change_that_readers_see_drops_the_page(visit, committed, town, change):
    visit()
    with committed():
        change(town)
    assert visit().cache != "hit"


@each_change
def test_other_workers_learn_of_a_change_by_the_version_number(visit, committed, town, change):
    before = read_version()
    with committed():
        change(town)
    assert read_version() > before


def test_a_change_raises_the_version_once_however_much_it_writes(committed, town, db):
    before = read_version()
    with committed():
        publish(town)
        rename_unit(town)
    assert read_version() == before + 1


def test_a_version_raised_by_another_worker_drops_the_page(visit):
    visit()
    PublicVersion.objects.update_or_create(pk=1, defaults={"number": read_version() + 1})
    assert visit().cache == "miss"


def test_readers_see_what_was_published(visit, committed, town):
    visit()
    with committed():
        publish(town)
    assert "Khai sinh mới" in visit().content.decode()


def test_readers_see_a_new_name_of_a_unit_on_its_page(visit, committed, town):
    visit("/dich-vu-cong/?unit=phong-tu-phap")
    with committed():
        rename_unit(town)
    assert "Phòng Tư pháp và Hộ tịch" in visit("/dich-vu-cong/?unit=phong-tu-phap").content.decode()


def test_a_page_that_became_private_is_read_by_nobody_who_has_not_signed_in(visit, committed, town):
    visit()
    with committed():
        restrict(town)
    assert visit().status_code == 302


@each_change
def test_a_change_that_is_rolled_back_changes_nothing(visit, committed, town, change):
    visit()
    with committed(), pytest.raises(ZeroDivisionError), transaction.atomic():
        change(town)
        raise ZeroDivisionError
    assert visit().cache == "hit"


def test_a_change_after_one_that_was_rolled_back_drops_the_page(visit, committed, town):
    visit()
    with committed():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rename_unit(town)
            raise ZeroDivisionError
        publish(town)
    assert visit().cache == "miss"


def test_a_new_draft_of_a_live_page_drops_nothing(visit, committed, editor, town):
    visit()
    with committed():
        editor.post(f"/admin/pages/{town.service.pk}/edit/", make.service_form(town.service, result="Bản chính"))
    assert visit().cache == "hit"


def test_a_draft_of_a_new_page_drops_nothing(visit, committed, town):
    page = make.new_service(town.section, "Bản nháp", live=False)
    visit()
    with committed():
        town.section.add_child(instance=page)
        page.save_revision()
    assert visit().cache == "hit"


def test_every_page_is_made_anew_on_a_new_day(visit, tomorrow):
    visit()
    tomorrow()
    assert visit().cache == "miss"


def test_an_urgent_announcement_leaves_the_banner_at_the_midnight_after_its_last_day(visit, tomorrow, town):
    today = timezone.localdate()
    notice = AnnouncementPage(title="Bão số 5", is_urgent=True, effective_on=today, expires_on=today)
    notice.locale = town.section.locale
    town.section.add_child(instance=notice)
    shown = "Bão số 5" in visit("/don-vi/").content.decode()
    tomorrow()
    assert (shown, "Bão số 5" in visit("/don-vi/").content.decode()) == (True, False)
