"""Compiles the loops in ``enrich/native`` at installation; without a compiler jobtide is installed all the same."""

import importlib.util
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileLoops(BuildHookInterface):  # type: ignore[type-arg]
    """Puts ``scan.so`` beside its sources, and into a wheel that is then for this kind of machine only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say why not where that fails."""
        if self.target_name != "wheel":
            return
        path = Path(self.root) / "src" / "jobtide" / "enrich" / "native" / "build.py"
        spec = importlib.util.spec_from_file_location("jobtide_native_build", path)
        assert spec is not None
        assert spec.loader is not None
        build = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(build)
        refused = build.compiled()
        if refused:
            self.app.display_warning(f"reading stays in Python, at about three quarters of the speed: {refused}")
        elif version != "editable":
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data.update(pure_python=False, tag=f"py3-none-{platform}")
            build_data["artifacts"].append("src/jobtide/enrich/native/scan.so")
