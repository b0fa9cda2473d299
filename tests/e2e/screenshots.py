"""Photograph every kind of public page of a running portal, on a phone and on a desktop.

python -m tests.e2e.screenshots http://127.0.0.1:8000 FOLDER [KIND …]
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.addresses import all_addresses

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {390: 844, 1280: 900}


def photograph(base: str, folder: Path, kinds: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for address in all_addresses():
                if kinds and address.kind not in kinds and str(address) not in kinds:
                    continue
                page.goto(base.rstrip("/") + address.path)
                page.screenshot(path=folder / f"{address}-{width}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    photograph(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
