"""The reader's parameters, borrowed for a while: all that a step changes is put back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from gd_widget.core.types import Params
from gd_widget.own_code.parameters import Parameters
from gd_widget.own_code.reachable_names import plain_function
from gd_widget.own_code.roles import Roles


@contextmanager
def borrowed(
    update: Callable[[], Any], params: Any, names: Sequence[str], start: Params
) -> Iterator[Any]:
    """Parameters as if no step had been made, and afterwards as they were.

    They are at the start, without a gradient, and the optimizer that holds them without a memory.
    Yields them, as what can be looked through again: model.parameters() can be once.

    Raises ValueError for params that are none of these names; see Parameters.
    """
    parameters = Parameters(params, names)
    optimizer = Roles(update, params, parameters).optimizer
    values, grad = parameters.read(), parameters.grad()
    function = plain_function(update)
    everywhere = {} if function is None else function.__globals__
    called = [name for name, value in everywhere.items() if value is params]
    memory = {} if optimizer is None else dict(optimizer.state)
    groups = [] if optimizer is None else [dict(group) for group in optimizer.param_groups]
    parameters.write(start)
    parameters.set_grad(None)
    if optimizer is not None:
        optimizer.state.clear()
    try:
        yield parameters.parts if isinstance(params, Iterator) else params
    finally:
        parameters.write(values)
        parameters.set_grad(grad)
        everywhere.update(dict.fromkeys(called, params))  # a step may have made another object
        if optimizer is not None:
            optimizer.state.clear()
            optimizer.state.update(memory)
            for group, before in zip(optimizer.param_groups, groups, strict=True):
                group.update(before)
