"""Chromium, Firefox and WebKitGTK, driven in one way, so that one scenario runs in all three.

page.py says what can be done with a page. Chromium is driven by Playwright and WebKitGTK by
Selenium. Firefox is driven by its own WebDriver BiDi: Playwright asks more of that than Firefox ESR
answers, and Selenium asks for geckodriver, which neither Debian nor PyPI has. Input is the engine's
own: what a page gets of it cannot be told from a person's.
"""
