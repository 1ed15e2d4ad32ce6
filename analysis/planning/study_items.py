"""The items of a study as they would be asked next. Loads no numpy, so that pages can read them."""

from surveys.items import ItemSpec
from surveys.models import Study
from surveys.models.questionnaire import ItemVersion


def latest_specs(study: Study) -> list[ItemSpec]:
    """The newest wording of every item, in the questionnaire's order (1 query)."""
    versions = ItemVersion.objects.filter(item__study=study).select_related("item").order_by("item__section__position", "item__position", "number")
    return [version.spec(study.settings) for version in {version.item_id: version for version in versions}.values()]
