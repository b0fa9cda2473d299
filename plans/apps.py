from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Plans and targets")

    def ready(self) -> None:
        from editorial.desk.blocks import DeskBlock, register_desk_block
        from plans.desk import desk_content

        register_desk_block(DeskBlock("plans/admin/desk_block.html", desk_content))
