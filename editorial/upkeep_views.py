"""The owner of a page confirms that it still holds."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from editorial.upkeep import confirm


@require_POST
def confirm_page(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    title = {"title": page.get_admin_display_title()}
    try:
        confirm(page=page, user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("“%(title)s” is confirmed.") % title)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
