"""What the editorial work adds to the admin, in one list."""

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from editorial import (
    action_menu,
    desk_views,
    menu,
    report_views,
    review_views,
    submit_views,
    upkeep_views,
    views,
    withdraw_views,
)
from editorial.desk import hooks as desk_hooks
from editorial.log_actions import register_log_actions
from editorial.page_buttons import page_buttons
from editorial.submit_menu import open_form, tell_of_review
from editorial.viewsets import RULES

URLS = [
    path("publish/<int:page_id>/", views.publish_with_reason, name="publish"),
    path("submit/<int:page_id>/", submit_views.submit, name="submit"),
    path("review/<int:page_id>/", review_views.review, name="review"),
    path("reports/", report_views.show_report, name="reports"),
    path("reports/<slug:name>/", report_views.show_report, name="report"),
    path("withdraw/<int:page_id>/", withdraw_views.withdraw_page, name="withdraw"),
    path("unschedule/<int:page_id>/", withdraw_views.unschedule_page, name="unschedule"),
    path("confirm/<int:page_id>/", upkeep_views.confirm_page, name="confirm"),
    path("waiting/", desk_views.waiting, name="waiting"),
    path("waiting/others/", desk_views.handed_on, name="handed_on"),
    path("sent/", desk_views.sent, name="sent"),
    path("duties/", desk_views.duties, name="duties"),
    path("write/", desk_views.write, name="write"),
]


@hooks.register("register_admin_urls")
def editorial_urls() -> list:
    return [path("editorial/", include((URLS, "editorial"), namespace="editorial"))]


for viewset in RULES:
    register_snippet(viewset)

hooks.register("register_log_actions", register_log_actions)
hooks.register("construct_page_action_menu", action_menu.offer_what_works)
hooks.register("register_page_header_buttons", page_buttons)
hooks.register("after_create_page", open_form)
hooks.register("after_edit_page", open_form)
hooks.register("before_edit_page", tell_of_review, order=-10)
hooks.register("register_reports_menu_item", report_views.reports_menu_item)

hooks.register("register_admin_menu_item", menu.desk_item)
hooks.register("construct_main_menu", menu.arrange_main_menu)
hooks.register("construct_reports_menu", menu.arrange_reports)
hooks.register("construct_help_menu", menu.arrange_help)
hooks.register("construct_homepage_panels", desk_hooks.show_desk, order=1000)
hooks.register("construct_homepage_summary_items", desk_hooks.show_no_summary, order=1000)
hooks.register("insert_global_admin_css", desk_hooks.style)

# In each row of a list of pages these buttons cost two queries; the head of every page has them, too.
hooks._hooks["register_page_listing_more_buttons"].remove((page_listing_more_buttons, 0))
