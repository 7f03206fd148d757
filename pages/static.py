"""How static files are put together and served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Names by content, imports of ES modules rewritten, compressed copies beside each file."""

    support_js_module_import_aggregation = True
