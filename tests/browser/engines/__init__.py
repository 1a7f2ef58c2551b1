"""Chromium, Firefox and WebKitGTK, driven in one way, so that one scenario runs in all three.

page.py says what can be done with a page. Chromium is driven by Playwright; Firefox by WebDriver
BiDi, which it speaks itself; WebKitGTK by its WebDriver. Input is the engine's own: what a page
gets of it cannot be told from a person's.
"""
