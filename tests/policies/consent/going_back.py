"""Opens a page, takes everything back on the next one, and goes back: what was asked of the partner, as JSON.

Arguments: the browser, the address of the site, the value of `kept_allows`.
"""

import json
import sys

from playwright.sync_api import sync_playwright

chromium, site, allowed = sys.argv[1:]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MARK = """() => addEventListener("pageshow", (event) => { if (event.persisted) document.cookie = "kept_alive=1; path=/"; })"""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=chromium, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    context = browser.new_context()
    asked = []
    context.on("request", lambda each: asked.append(each.url) if "partner.localhost" in each.url else None)
    context.add_cookies([{"name": "kept_allows", "value": allowed, "url": site}])
    page = context.new_page()
    page.goto(f"{site}/find-us/")
    page.wait_for_timeout(1500)
    page.evaluate(MARK)
    before, asked[:] = sorted(each.split("/", 3)[3] for each in asked), []
    page.goto(f"{site}/choices/")
    page.locator('#choices button[name="all"][value="no"]').first.click()
    page.wait_for_timeout(1500)
    asked.clear()
    # Out of the page that says "saved", past the form, to the page with the map.
    page.evaluate("history.go(-2)")
    page.wait_for_timeout(2500)
    cookies = [each["name"] for each in context.cookies() if each["domain"] == "localhost"]
    print(
        json.dumps(
            {
                "at": page.url,
                "asked_before": before,
                "asked_after": asked,
                "cookies": cookies,
                "was_kept_alive": "kept_alive" in cookies,
            }
        )
    )
    browser.close()
