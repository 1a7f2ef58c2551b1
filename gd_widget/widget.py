"""GDWidget: what a reader has in a cell, with what can be done with it and read of it.

Here it is a host's model of a view, too. What is done goes to a Session (page/session.py), which
tells what has changed; the training is in training/, the mathematics in core/.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import anywidget
import ipywidgets
import numpy as np
import traitlets

from gd_widget.bets.bet import Bet
from gd_widget.core.checks import nearest, shown, whole_number
from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.losses import sigmoid
from gd_widget.core.settings import SETTINGS
from gd_widget.core.types import FloatArray, Params
from gd_widget.data.function_data import FunctionData
from gd_widget.front_end import WAITING, WANTED, WHOLE, FrontEnd, shared
from gd_widget.grading import Grade, grade_of
from gd_widget.page import messages
from gd_widget.page.answers import receive
from gd_widget.page.link import link
from gd_widget.page.main_thread import MainThread
from gd_widget.page.one_line import one_line
from gd_widget.page.session import Session
from gd_widget.page.start import start
from gd_widget.reactive import runs_cells_again, value
from gd_widget.sharing import fragment, kept_in_a_cell, save
from gd_widget.training.run import Run
from gd_widget.training.trainer import Trainer
from gd_widget.traits import Reading, Settable, Traits


class GDWidget(anywidget.AnyWidget, Traits):
    """Gradient descent fitting a line, one step at a time, to play, pause, step and rewind.

    GDWidget(n=100, lr=0.1) makes its own points (see make_line for `n`, `noise`, `seed` and
    `true_params`); GDWidget(x, y) takes yours: lists, arrays, tensors, Series, of shape (n,), of
    NumPy, PyTorch, pandas, polars, Arrow or Dask; GDWidget(df, x="height", y="weight") takes two
    columns of a frame. More than 20,000 points are not copied: leave them as they are while the
    widget is used. Dask's are seen once, in pieces, and never held.

    GDWidget(X, y), X of shape (n, d), fits y_guess = X @ params: several features, or the design
    matrix. A column of ones, wherever it stands, is the intercept's; without one, an intercept
    comes last. So with a frame: GDWidget(df, x=["rooms", "age"], y="price").

    degree : of a polynomial of one feature: 3 fits the parameters of x, x², x³, and the intercept.
    intercept : False fits none, unless x has a column of ones.
    standardize : True trains on columns with mean 0 and standard deviation 1: see `coefficients`.
        Else nothing is scaled.

    loss : what is trained down, the mean over the points of "mse", squares; "mae", absolute values;
        "huber", squares up to `delta` and straight lines beyond; or "cross_entropy", for y of 0 and
        1. A list is a race.
    function : of two parameters, in the place of points and loss: a function of two tensors, which
        then needs a guess, or "saddle", "rosenbrock", "himmelblau", "beale", "valley", "plateau".
    ridge : λ of λ‖a‖², which is added to the loss; the intercept is left out of it.
    validation : points to hold back: a share, as 0.3, drawn by `seed`; or a mask of True and False,
        or places. Training does not see them, `validation_loss` is theirs, without the ridge; at
        most 64 parameters, and points that are all drawn one by one.

    optimizer : a rule by name ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "cg",
        "bfgs", "lbfgs", "newton"), a class of torch.optim, or a function from [params] to a
        torch.optim.Optimizer.
    lr : the learning rate, a positive number; None: 0.1, or of a function by name its own, at which
        gradient descent shows what there is to see. A list for `lr` or `optimizer` is a race:
        several runs, at most 8, on the same points.
    batch_size : how many points a step looks at, for rules of the first order; None: all.
    momentum, alpha, betas, history_size : settings of the rules, as torch.optim calls them.
    update, params : your own training step, a function that takes nothing and changes `params`
        (slope, intercept), which you hold: each step calls it once. See your_own_update.ipynb.
    guess : the parameters to start from, in the order of `names`; None: (-1, 1) for a line, as in
        the lesson, -1 for one through the origin, else 0.
    engine : "torch", "numpy", or "auto", which is torch where it is installed.
    panels : which to show and in which order, of "fit", "surface", "loss", "directions" and "code";
        None: what suits, which is directions from three parameters on, where a loss is "mse".
    controls : which there are, as ("play", "step", "lr"); "beginner": ("reset", "play", "step",
        "lr"); None: all. The names are in gd_widget/core/controls.py.
    lock : controls that are there but cannot be used, as ("lr",): a page changes nothing by them,
        code in Python may.
    hide : what is kept back for readers to find out, of "best" (the best fit and its loss), "true"
        (what the points were made with), "zones" (of the rate, and the one to try), "advice" and
        "forecast".
    height : of the view, in pixels, its code folded, at least 380; None: what is in sight.
    size : of the type: "normal", or "large", to be read from a back row.
    lang : the language of the view and of what is made of it, of "en", "es", "fr", "pt-BR", "de"
        and "zh-CN"; "": that of the page it is shown in, and English in files. Errors stay English.
    n_epochs : Play pauses after this many passes over the points (steps, where each looks at all
        points); None: when converged.
    steps_per_second : the speed of Play, a positive number.
    ask : questions to be answered before the outcome is shown, as in ask=[bets.LossAfter(10)], one
        after the other: see gd_widget.bets.
    keep : the name of a file, beside the notebook, in which answers are kept; None: none is.
    title, x_label, y_label : plain text; where nothing is said, labels are the columns' names.

    Raises ValueError, naming the argument, the rule and the value; TypeError for an argument
    that does not exist.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _front_end = traitlets.Instance(FrontEnd, allow_none=True).tag(
        sync=True, **ipywidgets.widget_serialization
    )

    # What a page needs to draw before the kernel has answered it, or when none ever will.
    _snapshot = traitlets.Dict().tag(sync=True, to_json=lambda kept, _: messages.to_json(kept))
    _words = traitlets.Dict().tag(sync=True, to_json=lambda kept, _: messages.to_json(kept))
    _points = traitlets.Bytes(b"").tag(sync=True)
    _rows = traitlets.Bytes(b"").tag(sync=True)
    _picture = traitlets.Bytes(b"").tag(sync=True)
    _id = traitlets.Unicode("").tag(sync=True)

    # Counts what a page has done, where cells are run again for that; see reactive.py.
    _news = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        *data: Any,
        x: Any = None,
        y: Any = None,
        n: int = 100,
        noise: str = "uniform",
        seed: int = 1,
        true_params: Params = (3.0, 2.0),
        validation: Any = None,
        degree: int = 1,
        intercept: bool = True,
        standardize: bool = False,
        loss: str | Sequence[str] = "mse",
        function: str | Callable[..., Any] | None = None,
        delta: float = 1.0,
        ridge: float = 0.0,
        optimizer: Any = "gd",
        lr: float | Sequence[float] | None = None,
        batch_size: int | None = None,
        momentum: float = 0.9,
        alpha: float = 0.99,
        betas: tuple[float, float] = (0.9, 0.999),
        history_size: int = 10,
        update: Callable[[], Any] | None = None,
        params: Any = None,
        guess: Params | None = None,
        engine: str = "auto",
        n_epochs: int | None = 100,
        steps_per_second: float = 10,
        panels: Sequence[str] | None = None,
        controls: Sequence[str] | str | None = None,
        lock: Sequence[str] = (),
        hide: Sequence[str] = (),
        height: int | None = None,
        size: str = "normal",
        lang: str = "",
        title: str = "Gradient descent",
        x_label: str | None = None,
        y_label: str | None = None,
        ask: Sequence[Bet] = (),
        keep: str | os.PathLike[str] | None = None,
        **unknown: Any,
    ) -> None:
        # The arguments are settings, but for the data and the reader's code.
        asked = {name: value for name, value in locals().items() if name in SETTINGS}
        for name in unknown:
            raise TypeError(f"GDWidget has no argument {name!r}; {nearest(name, ARGUMENTS)}")
        given = None
        if data or x is not None or y is not None:
            from gd_widget.data.given import sort_out  # only who brings data waits for it

            given = sort_out(data, x, y)
        state = start(asked, given, update, params)
        state.put(ask, keep)
        self._session = Session(state, send=self._tell_page, changed=self._tell_observers)
        self._main_thread = MainThread()
        # The model's id is chosen here so that the page can find the host's model by it.
        name = uuid4().hex
        front_end = shared()
        code = WAITING if front_end else WHOLE
        news = 0 if runs_cells_again() else None
        super().__init__(model_id=name, _id=name, _front_end=front_end, _esm=code, _news=news)
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse what a widget is made with: it would be kept, and nobody would heed it."""
        trait = getattr(type(self), name, None)
        # Of loss and intercept there are numbers to be read, too: traitlets refuses those.
        is_reading = isinstance(trait, Reading) and type(value) in (int, float)
        if name in ARGUMENTS and not isinstance(trait, Settable) and not is_reading:
            call = f"GDWidget(…, {name}={shown(value)})"
            raise AttributeError(f"{name} stays as the widget was made: make another, {call}")
        super().__setattr__(name, value)

    def open(self) -> None:
        """Open the channel to the page, with a first picture on it."""
        self._keep()
        super().open()

    # ---------------------------------------------------------------- training

    def step(self, n: int = 1) -> None:
        """Train n steps, at once, with or without a view.

        Stops early only where the numbers stop being finite. `status` says "diverged" before that:
        where training has left for good.
        An interrupt leaves the steps made so far.
        """
        self._session.step(n)

    def back(self, n: int = 1) -> None:
        """Go back n steps, at most to the guess."""
        n = whole_number("n", n, least=0)
        self.seek(max(0, self._session.state.race.n_steps - n))

    def seek(self, step: int) -> None:
        """Go to a step already made, and on from there."""
        self._session.seek(step)

    def reset(self) -> None:
        """Begin again from the guess, with the settings as they are."""
        self._session.reset()

    def new_data(self, seed: int | None = None) -> None:
        """Begin again on other points, made from `seed`; None: the next one."""
        self._session.make_new_data(seed)

    def play(self) -> None:
        """Have the view ask for steps, `steps_per_second` of them; does nothing without one."""
        self.playing = True

    def pause(self) -> None:
        """Have the view stop where it is."""
        self.playing = False

    def record(self, params: Any) -> None:
        """Take over the next row from a loop of your own, and draw it at once.

        params : as many numbers as there are `names`, of a line (slope, intercept): in an
            nn.Parameter, tensor or array, in a list, or in a module, as nn.Linear(1, 1).
        """
        self._session.record(params)

    # ---------------------------------------------------------------------- bets

    def answer(self, answer: Any) -> None:
        """Answer the question that is put, or the next: `answers` then says what is true.

        answer : what the bet takes, see gd_widget.bets: a number, of NextStep one for each
            parameter. ValueError for anything else, and where there is no question left.
        """
        if answer is None:
            raise ValueError("the answer must be one; got None: skip() skips a question")
        self._session.answer(answer)

    def skip(self) -> None:
        """Leave the question unanswered, which scores 0: `answers` then says what is true."""
        self._session.answer(None)

    # ------------------------------------------------------------------- sharing

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        steps: int | None = None,
        fps: float | None = None,
        width: int | None = None,
        panels: Sequence[str] | None = None,
        progress: bool | None = None,
    ) -> None:
        """Write what is shown to a file that needs neither Python nor a network.

        path : "….html" is a page on which the widget goes on from here, computed by the page
            with the same numbers; "….svg" is a picture; "….gif", "….webp" and "….mp4" are films
            of the training, one picture a step from the guess on, which the extra "film" makes.

        Of a film alone:

        steps : the last step shown; without it the current one, or 60 where none was made. Steps
            that are not made yet are made for it; the widget stays where it is.
        fps : pictures, and so steps, a second: 20; at most 50 in a GIF, 60 in the others.
        width : pixels, an even number from 320 to 3840: 640.
        panels : any of "fit", "surface" and "loss": those that the widget shows.
        progress : whether a bar shows how far it is: True.

        An existing file is replaced when the new one is complete, and not before. Raises
        ValueError for another ending or a value that none of these can have, OSError where the
        file cannot be written, ImportError where the extra is not installed.
        """
        save(
            self._session.state,
            path,
            steps=steps,
            fps=fps,
            width=width,
            panels=panels,
            progress=progress,
        )

    def to_html(self) -> str:
        """What `save` writes, as a fragment to paste into a web page: an <iframe>.

        In a page that it shares an origin with, it is as high as what it shows. Where frames are
        taken out, a picture stands instead.
        """
        return fragment(self._session.state)

    def link(self, base_url: str) -> str:
        """An address that opens in this state: of a page that has the <gradient-descent> element.

        base_url : the page's address. Where it ends in "#name", the element of that id opens so;
            else the elements without one.

        The page makes the points from their seed, and the steps anew, with the settings of now.
        Bets are put anew, where it opens. Raises ValueError for what it could not make: points of
        your own or edited ones, a function of your own, steps made by code in Python, more than
        20,000 points or 10,000 steps; and for bets.Ask, whose words are the page's to say.

        >>> w = GDWidget(seed=3, lr=0.5)
        >>> w.step(20)
        >>> w.link("https://example.org/post.html")
        'https://example.org/post.html#gradient-descent?seed=3&lr=0.5&step=20'
        """
        with self.alone():
            return link(self._session.state, base_url)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """What a cell shows: the widget; where none can be shown, its page or its one line."""
        bundle: tuple[dict[str, Any], dict[str, Any]] | None = super()._repr_mimebundle_(**kwargs)
        kept = kept_in_a_cell(self._session.state) if bundle else ""
        if bundle and kept:
            bundle[0]["text/html"] = kept
        return bundle

    # ----------------------------------------------------------------- reading

    @property
    def params(self) -> Params:
        """The parameters at the current step, in the order of `names`: (slope, intercept)."""
        return self._trainer.params

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called; of a line, ("slope", "intercept")."""
        return self._trainer.names

    @property
    def coefficients(self) -> Params:
        """The parameters in the units of the data; `params` are others where it is standardized."""
        return self._trainer.points.model.coefficients(self.params)

    @property
    def grad(self) -> Params:
        """The loss's derivatives at the current step: (grad_slope, grad_intercept)."""
        self._session.load_engine()
        return self._trainer.grad

    @property
    def history(self) -> np.ndarray:
        """Steps 0 to n_steps as a structured array; pandas.DataFrame(w.history) works.

        Fields: step, slope, intercept, loss, grad_slope, grad_intercept, lr (NaN where a step has
        none) and epoch; of other models their `names` in the place of a line's. Where points are
        held back, their loss is the last: validation_loss. In a race, those of the first run: see
        `runs`.
        """
        self._session.load_engine()
        with self.alone():
            return self._trainer.history

    @property
    def runs(self) -> tuple[Run, ...]:
        """Every run of a race, each with its name, numbers and history; else the one there is."""
        self._session.load_engine()
        return self._session.state.race.runs

    @property
    def x(self) -> Any:
        """The points' x, shape (n,), to read: NumPy's; or a CUDA tensor, or Dask's, as given.

        Of several features, the design matrix, shape (n, d): a column for each of the `names`.
        """
        return self._trainer.points.given

    @property
    def y(self) -> Any:
        """The points' y, shape (n,), in the same."""
        return self._trainer.points.y

    @property
    def best(self) -> Params | None:
        """The parameters whose loss none beats; None where none are known, or there are none.

        Those of `loss`, of the first run: of the mean squared error, with its ridge, exact; of
        Huber's and of cross-entropy as Newton's method finds them; of absolute values and of a
        function of your own not known; of a named function the first of its minima.
        """
        return self._trainer.objective.best

    @property
    def held_back(self) -> tuple[FloatArray, FloatArray] | None:
        """X and y of the points that are held back, of which `x` and `y` have none; None: none are.

        x : shape (m,), of several features (m, k), without a column of ones.
        y : shape (m,).
        """
        held = self._trainer.points.held
        if held is None:
            return None
        x = held.features
        return (x[:, 0] if x.shape[1] == 1 else x), held.y

    @property
    def least_squares(self) -> Params:
        """Those of the mean squared error, whatever `loss` is; of least norm where many fit alike.

        A function has no points, and so none: AttributeError.
        """
        points = self._trainer.points
        return points.given if isinstance(points, FunctionData) else points.bowl.least_squares

    @property
    def critical_lr(self) -> float:
        """The learning rate below which plain gradient descent goes down at each step.

        Of the mean squared error, it diverges above it. NaN where none is known.
        """
        return self._trainer.objective.critical_lr

    @property
    def forecast(self) -> float | None:
        """How many steps it takes, from step 0 on, until the loss is within 1% of the least.

        At the settings of now, of the first run; known before a step is made. Where the least loss
        is practically zero, until it is a millionth of the first. Exact for gradient descent,
        momentum and Nesterov; of other rules, up to 10,000 steps. math.inf: it never is so; None:
        not known, as of batches, of code that is not ours, and of a momentum so near 1 that
        training swings on after that.
        """
        with self.alone():
            return self.runs[0].forecast

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong with the training, as codes with numbers; `advice` says the first of them.

        Each has a `code`, its `details`, in a race the `run` it is about, and as_json(). The codes
        are listed in gd_widget/core/diagnosis.py.
        """
        with self.alone():
            return self._session.state.diagnoses

    def check(self) -> Grade:
        """The training so far as a grade from 0 to 1, a float with `reasons`; see gd_widget.check.

        It prints nothing and warns of nothing, so that graders of notebooks can take it as it is.
        """
        with self.alone():
            state = self._session.state
            code = state.readers_code
            error = code.error if code is not None and state.error else None
            return grade_of(state.race, state.recorder, error)

    def predict(self, x: Any) -> FloatArray:
        """The model's y at x, in the units of the data; of cross-entropy, how probable a 1 is.

        x : a number or an array of any shape. Of several features, an array of shape (…, k) or a
            frame: the features, or the columns of the design matrix.

        For cross-entropy scikit-learn calls that predict_proba; `w.predict(x) > 0.5` is yes or no.
        A function has no points, and nothing to predict: AttributeError.
        """
        from gd_widget.data.new_features import new_features

        trainer = self._trainer
        if isinstance(trainer.points, FunctionData):
            return trainer.points.given
        model = trainer.points.model
        guess = np.asarray(model.predict(self.params, new_features(x, model)))
        return sigmoid(guess) if trainer.told_loss.kind == "cross_entropy" else guess

    def __repr__(self) -> str:
        with self.alone():
            return one_line(self._session.state)

    # ------------------------------------------------------- between the two sides

    @property
    def _trainer(self) -> Trainer:
        return self._session.state.race.first

    def alone(self) -> AbstractContextManager[Any]:
        """Keeps other threads from changing the widget meanwhile."""
        return self._session.lock

    def _hear(self, content: Any) -> None:
        if content == WANTED:
            self._esm = WHOLE  # hosts begin a widget anew when this changes
            return

        def answer() -> None:
            receive(self._session, messages.from_json(content))

        if self._session.state.readers_code is not None:
            self._main_thread.run(answer)
        else:
            answer()

    def _tell_page(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        self.send({"json": messages.to_json(content)}, buffers)
        if content["type"] != "rows":
            self._keep()

    def _keep(self) -> None:
        """Have the host keep, with the notebook, all that a page without a kernel goes on from."""
        state = self._session.state
        saved = state.saved(state.language)
        with self.hold_sync():
            self._snapshot, self._words = saved.snapshot, saved.words
            self._points, self._rows, self._picture = saved.points, saved.rows, saved.picture

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """All that is synced, whatever is asked to be dropped.

        `ipywidgets.embed` drops what stands at its default, the front end itself among it. marimo,
        whose page has all of it, asks for what cells see.
        """
        if key is None and self.comm is not None:
            with self.alone():
                if self._news is not None:
                    params = dict(zip(self.names, self.params, strict=True))
                    return value(self._session.told, params)
                self._keep()  # else what waits to be sent would be missing
        state: dict[str, Any] = super().get_state(key, drop_defaults=False)
        return state

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a linked control in the page has set; bad values are shown there."""
        try:
            with self.alone():
                super().set_state(sync_data)
        except Exception as error:
            self._session.report(error)


ARGUMENTS = (
    "x",
    "y",
    *(name for name in SETTINGS if name != "playing"),
    "update",
    "params",
    "ask",
    "keep",
)
