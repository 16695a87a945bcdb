"""What the tests of pages share."""

from assets import built_assets, hatch_build

__all__ = ["built_assets", "hatch_build"]
