"""The front end in a notebook: stored once, however many widgets there are.

In a notebook it is a model of its own. The others carry a few hundred bytes that wait until a page
has made that one (js/loader.js). Elsewhere, where a page may see one widget and no other, and
nothing is stored, each widget carries all of it.
"""

from __future__ import annotations

import anywidget
import traitlets
from IPython.core.getipython import get_ipython

from gd_widget.page.bundle import BUNDLE, LOADER

# As text: of a file, anywidget would keep a listener, and with it every widget there was.
WHOLE = BUNDLE.read_text("utf-8")
WAITING = LOADER.read_text("utf-8")

UNPACKING = """\
const code=new Blob([await({unpack})("{letters}",{size})],{{type:"text/javascript"}}),\
address=URL.createObjectURL(code);\
await import(address);URL.revokeObjectURL(address);export default{{}}
"""
"""The front end, half as long, as a module that a host can load."""

WANTED = {"json": '{"type":"front_end"}'}
"""What a page sends on which one waits in vain: it does not have that model, or cannot run it."""


class FrontEnd(anywidget.AnyWidget):
    """The front end, to be run by a page and shown nowhere."""

    # No default, because `ipywidgets.embed` drops those.
    _esm = traitlets.Unicode().tag(sync=True)


_shared: FrontEnd | None = None


def shared() -> FrontEnd | None:
    """The one of this kernel, open; None where no Jupyter kernel runs."""
    global _shared
    if getattr(get_ipython(), "kernel", None) is None:
        return None
    if _shared is None or _shared.comm is None:  # Widget.close_all() has closed it
        from gd_widget.page.compression import UNPACK, packed  # only notebooks wait for it

        letters, size = packed(WHOLE)
        _shared = FrontEnd(_esm=UNPACKING.format(unpack=UNPACK, letters=letters, size=size))
    return _shared
