"""How files of the pages are kept: under names that change with what they hold."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names by content what a script imports too, so that it is kept as long as the script is."""

    support_js_module_import_aggregation = True
