"""A browser of one window, made of WebKitGTK, for WebKitWebDriver to drive.

    /usr/bin/python3 webkit_app.py FOLDER

It runs in the system's own Python, for which GTK is packaged, so it imports nothing of ours.
WebKitGTK's own MiniBrowser says nothing of what happens in a page while it is driven. This one
prints the address of each request as `ASKED address`, and what the console says, in any frame,
as `address:line:column: CONSOLE SOURCE LEVEL words`. FOLDER is for what pages store.
"""

from __future__ import annotations

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

WIDTH, HEIGHT = 1300, 1000


def main() -> None:
    """Show an empty page, and wait for the driver."""
    # Consoles print nothing in a private session, which would need no folder.
    data = WebKit2.WebsiteDataManager(
        base_data_directory=sys.argv[1], base_cache_directory=sys.argv[1]
    )
    context = WebKit2.WebContext.new_with_website_data_manager(data)
    context.set_automation_allowed(True)
    context.set_cache_model(WebKit2.CacheModel.DOCUMENT_VIEWER)
    view = WebKit2.WebView(
        web_context=context,
        is_controlled_by_automation=True,
        settings=WebKit2.Settings(
            enable_page_cache=False, enable_write_console_messages_to_stdout=True
        ),
    )

    def asked(_: WebKit2.WebView, __: WebKit2.WebResource, request: WebKit2.URIRequest) -> None:
        print("ASKED", request.get_uri(), flush=True)

    def begin(_: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        session.connect("create-web-view", lambda _: view)

    view.connect("resource-load-started", asked)
    context.connect("automation-started", begin)
    window = Gtk.Window()
    window.set_default_size(WIDTH, HEIGHT)
    window.connect("destroy", Gtk.main_quit)
    window.add(view)
    window.show_all()
    Gtk.main()


if __name__ == "__main__":
    main()
