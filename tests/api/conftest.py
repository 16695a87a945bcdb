"""What the tests of the API share."""

from assets import built_assets, hatch_build

__all__ = ["built_assets", "hatch_build"]
