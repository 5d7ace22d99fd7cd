"""GOV.UK components for Django templates and forms."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Renders form fields as GOV.UK components."""
