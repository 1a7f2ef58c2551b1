"""Where a session stands: what a page, a saved notebook and the traits are told of it."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from gd_widget.bets.asked import Asked, checked_bets
from gd_widget.bets.bet import run_named
from gd_widget.core.checks import problem
from gd_widget.core.diagnosis import Diagnosis
from gd_widget.core.function_loss import FunctionLoss
from gd_widget.core.losses import MSE, ridged
from gd_widget.core.model import LINE
from gd_widget.core.settings import PER_RUN
from gd_widget.data.points import TrainingData, are_many
from gd_widget.page import loading, messages, packing
from gd_widget.page.kept_answers import Kept
from gd_widget.page.shadow import Shadow, shadow_of
from gd_widget.training.diagnoses import diagnose, noise_mean
from gd_widget.training.engines.choose import describe_engine
from gd_widget.training.race import Race
from gd_widget.training.readers_code import ReadersCode
from gd_widget.training.readings import thinned_steps
from gd_widget.training.trainer import Trainer
from gd_widget.words.bets import question, verdict
from gd_widget.words.names import shown_names
from gd_widget.words.say import speaking
from gd_widget.words.sentence import sentence

if TYPE_CHECKING:
    from gd_widget.own_code import Recorder

LOCK = RLock()
"""One for all sessions: widgets that are linked set each other's settings, from any thread."""


class Saved(NamedTuple):
    """A session at rest: JSON, and points, rows and the picture as packing.py packs them.

    words : the language that the page speaks, see messages.describe_words.
    """

    snapshot: dict[str, Any]
    words: dict[str, Any]
    points: bytes
    rows: bytes
    picture: bytes


class PackedData(NamedTuple):
    """What a page is sent of the data, as packing.py packs it; of very many parameters a shadow."""

    shadow: Shadow | None
    points: packing.PackedPoints
    about_picture: dict[str, Any] | None
    picture: bytes


def can_be_computed_there(trainer: Trainer) -> bool:
    """Whether a page can compute a run's loss: it has all that this is about."""
    objective = trainer.objective
    if isinstance(objective, FunctionLoss):
        return objective.about.name is not None
    return objective.bowl is not None or not are_many(trainer.points)


class State:
    """One race, its settings, and what there is to say of it.

    settings : RULE_SETTINGS and WIDGET_SETTINGS, but for the engine; all checked.
    makes : the arguments of make_line that made the points, if it did.

    Whoever reads more than one thing of it holds the lock meanwhile.
    """

    lock = LOCK

    def __init__(
        self,
        race: Race,
        settings: dict[str, Any],
        makes: dict[str, Any] | None = None,
    ) -> None:
        self.race = race
        self.settings = settings
        self.makes = makes
        self.are_edited = False  # the points, since they were made
        self.error = ""
        self.asked_for = "en"  # the language that a page has asked for
        self.recorder: Recorder | None = None  # of a loop of the reader's, once there is one
        self.run = 0  # counts the times that training went on from elsewhere, or otherwise
        self.stop_at: int | None = None  # the step at which Play pauses
        self.asked = Asked()
        self.kept: Kept | None = None  # the file of the answers, where there is to be one
        self._packed: tuple[TrainingData, PackedData] | None = None  # the last ones packed

    def put(self, bets: Any, keep: Any = None) -> None:
        """Ask these bets, once, in the beginning; what was kept of answers is there again.

        keep : the name of a file, or None. Raises ValueError for what is no bet here, for answers
            to be kept of none, and for a file that is damaged or not ours.
        """
        self.asked = checked_bets(bets, self.race)
        if keep is None:
            return
        if not self.asked.bets:
            raise problem("keep", "given together with ask=[...]", keep)
        self.kept = Kept(keep, self.asked, self.race)
        self.asked.restore(self.kept.read() or self.asked.given)

    # ----------------------------------------------------------------- for the reader

    @property
    def status(self) -> str:
        """error, diverged, playing, converged, paused or ready: the first that holds.

        What has diverged may play on for as long as its numbers are finite.
        """
        if self.error:
            return "error"
        if self.settings["playing"] and not self.race.has_diverged:
            return "playing"
        return self._status_at_rest

    @property
    def _status_at_rest(self) -> str:
        if self.race.has_diverged:
            return "diverged"
        if self.race.converged:
            return "converged"
        return "paused" if self.race.n_steps else "ready"

    @property
    def language(self) -> str:
        """What is spoken to the pages: what was set, or else what they have asked for."""
        return self.settings["lang"] or self.asked_for

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong with the training, what matters most first."""
        return tuple(diagnose(self.race, self.recorder))

    @property
    def advice(self) -> str:
        """The first of them in a sentence, or ""."""
        return sentence(next(iter(self.diagnoses), None))

    @property
    def note(self) -> str:
        """What there is to know of the points as they were made, in a sentence, or ""."""
        if self.makes is None or self.are_edited:
            return ""
        return sentence(noise_mean(self.makes["noise"], self.makes["true_params"]))

    @property
    def readers_code(self) -> ReadersCode | None:
        """The reader's own update(), where that trains."""
        return self.race.first.readers_code

    @property
    def torch(self) -> str:
        """What steps wait for: PyTorch is "needed", or "loading"; "" where they need not wait."""
        return "" if self.race.is_loaded else loading.torch_is()

    @property
    def printed(self) -> str:
        """The end of what the reader's own code has printed."""
        return "" if self.readers_code is None else self.readers_code.printed

    def traits(self) -> dict[str, Any]:
        """Settings and readings, by the names of the widget's traits, in the language set."""
        first = self.race.first
        with speaking(self.settings["lang"]):
            return {
                **self.settings,
                "n_steps": self.race.n_steps,
                **self._of_line(),
                "loss": first.loss,
                "validation_loss": first.validation_loss,
                "status": self.status,
                "advice": self.advice,
                "error": self.error,
                "answers": self.answers,
                "score": self.asked.score,
            }

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What was answered, in the order of the bets; see GDWidget.answers."""
        names, run = shown_names(self.race.first.names), run_named(self.race)
        answers = []
        for bet, one in zip(self.asked.bets, self.asked.given, strict=True):
            if one is not None:
                about, given = bet.as_json(), one.as_json()
                said = {
                    "question": question(about, names, run),
                    "said": verdict(about, given, names, run),
                }
                answers.append({**said, **given})
        return answers

    def _of_line(self) -> dict[str, float]:
        """Slope and intercept, where a line is fitted."""
        named = dict(zip(self.race.first.names, self.race.first.params, strict=True))
        return named if named.keys() <= set(LINE.names) else {}

    # ---------------------------------------------------------------------- for a page

    def brief(self) -> dict[str, Any]:
        """What changes while training, as JSON."""
        common = [name for name in messages.PAGE_SETTINGS if name not in PER_RUN]
        return {
            "run": self.run,
            "step": self.race.n_steps,
            "n_rows": self.race.n_rows,
            "runs": [messages.describe_run(run, self.shadow) for run in self.race.runs],
            "status": self.status,
            "advice": self.advice,
            "printed": self.printed,
            "stop_at": self.stop_at,
            "torch": self.torch,
            **messages.describe_settings({name: self.settings[name] for name in common}),
            **self._bets(),
            **({"guess": self.shadow.place(self.settings["guess"])} if self.shadow else {}),
        }

    @property
    def hidden(self) -> set[str]:
        """What is kept back from who looks: always, and until a question is answered."""
        bet = self.asked.open
        return {*self.settings["hide"], *(bet.hides if bet else ())}

    def _bets(self) -> dict[str, Any]:
        if not self.asked.bets:
            return {}
        return {"bets": self.asked.as_json(self.race), "asked": self.asked.current}

    def snapshot(self) -> dict[str, Any]:
        """Everything but the points and the earlier rows, as JSON."""
        first, brief = self.race.first, self.brief()
        described = {*brief, *PER_RUN}  # by run
        others = {name: value for name, value in self.settings.items() if name not in described}
        return {
            **brief,
            **messages.describe_settings(others),
            "makes": messages.describe_makes(self.makes),
            "note": self.note,
            "code": getattr(first.outside, "code", None),
            "engine": describe_engine(first.engine),
            **self._model(),
            "middle": self._packed_data().points.middle,
            "spread": self._packed_data().points.spread,
            "picture": self._packed_data().about_picture,
            **({} if first.points.held is None else {"held": len(first.points.held)}),
        }

    def _model(self) -> dict[str, Any]:
        """What is fitted, and its loss, as JSON; of very many parameters, what is seen of that."""
        first, shadow = self.race.first, self.shadow
        model = first.points.model if shadow is None else shadow.model
        names = first.names if shadow is None else model.names
        bowl = (
            ridged(first.bowl, first.told_loss.ridge).as_json()
            if shadow is None
            else shadow.bowl_as_json()
        )
        told = {"names": list(names), "model": model.as_json(), "bowl": bowl, **self._losses()}
        if shadow is None:
            return told
        # Without what takes all parameters.
        panels = [name for name in self.settings["panels"] if name not in ("fit", "code")]
        return {**told, "panels": panels or ["loss"]}

    def _losses(self) -> dict[str, Any]:
        """The loss of each run, as JSON; nothing where all are the mean squared error alone."""
        trainers = self.race.trainers
        if all(trainer.told_loss == MSE for trainer in trainers):
            return {}
        function = messages.describe_function(trainers[0])
        objectives = [messages.objective_as_json(trainer, self.shadow) for trainer in trainers]
        return {"objectives": objectives, **({"function": function} if function else {})}

    @property
    def shadow(self) -> Shadow | None:
        """What a page is shown where there are more parameters than it can be told."""
        return self._packed_data().shadow

    def points(self) -> bytes:
        """The points as a page draws them, or a sample of very many."""
        return self._packed_data().points.bytes

    def _can_be_made_again(self) -> bool:
        """Whether a page makes all points that it draws from `makes` itself."""
        are_all_shown = self.shadow is None and not are_many(self.race.first.points)
        return self.makes is not None and not self.are_edited and are_all_shown

    def picture(self) -> bytes:
        """The density of very many points, else nothing."""
        return self._packed_data().picture

    def _packed_data(self) -> PackedData:
        points = self.race.first.points
        if self._packed is None or self._packed[0] is not points:
            shadow = shadow_of(points, self.race.first.told_loss.ridge)
            packed_points = packing.pack_points(points, shadow)
            packed = PackedData(shadow, packed_points, *packing.pack_picture(points))
            self._packed = points, packed
        return self._packed[1]

    def saved(self, language: str = "") -> Saved:
        """All that a page needs to go on without a kernel; the same for the same state.

        language : what is said in it, and by it; "": the language set.
        """
        language = language or self.settings["lang"]
        with self.lock, speaking(language):
            at_rest = {
                "playing": False,
                "stop_at": None,
                "status": self._status_at_rest,
                "torch": "",
            }
            most = packing.MOST_SAVED_ROWS // len(self.race.trainers)
            packed = [
                packing.pack_saved_rows(
                    trainer.table,
                    thinned_steps(trainer.table, most),
                    self.shadow,
                    is_whole=not can_be_computed_there(trainer),
                )
                for trainer in self.race.trainers
            ]
            saved = [
                {"rows": len(p.bytes) // 8 // p.width, "width": p.width, "stretches": p.stretches}
                for p in packed
            ]
            return Saved(
                {**self.snapshot(), **at_rest, "saved": saved},
                messages.describe_words(),
                b"" if self._can_be_made_again() else self.points(),
                b"".join(p.bytes for p in packed),
                self.picture(),
            )
