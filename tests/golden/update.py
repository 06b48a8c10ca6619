"""Write the records that the samples give now: python -m tests.golden.update. Read the difference before you commit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor import Pipeline

SAMPLES = Path(__file__).parent.parent.parent / "samples"
PAGES = sorted((SAMPLES / "pages").iterdir())


def record_of(pipeline: Pipeline, page: Path) -> dict[str, Any]:
    """The record of a sample, its path given as it stands in the repository."""
    return pipeline.extract(page.read_bytes(), path=f"samples/pages/{page.name}").to_dict()


def expected_path(page: Path) -> Path:
    return SAMPLES / "records" / f"{page.name}.json"


def main() -> None:
    pipeline = Pipeline()
    for page in PAGES:
        text = json.dumps(record_of(pipeline, page), ensure_ascii=False, indent=1)
        expected_path(page).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
