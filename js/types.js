// What several folders speak of: what is shown, and what a person can do about it. Types alone:
// sources tell of it, a session holds it, views draw it and ask for changes.

/**
 * @typedef {import("./core/quadratic.js").Params} Params
 * @typedef {import("./core/points.js").Points} Points
 * @typedef {import("./core/points.js").Range} Range
 * @typedef {import("./core/picture.js").Picture} Picture
 *
 * Where the kernel is: not heard from yet, answering, importing PyTorch, running something else, doing
 * so for long, gone, or never there.
 * @typedef {"connecting" | "live" | "loading" | "busy" | "stuck" | "gone" | "static"} Link
 *
 * What went wrong; `line` is the line of the user's code where it did.
 * @typedef {object} Problem
 * @property {string} message
 * @property {string} hint
 * @property {string} traceback
 * @property {number | null} line
 *
 * How points were made.
 * @typedef {import("./core/make-line.js").LineOptions & { seed: number | string }} Makes
 *
 * A function of two parameters: of one that is known its name, else null; what its parameters are called;
 * where it is least; the part of the plane to look at; and its lines in Python.
 * @typedef {{ name: string | null, names: string[], minima: Params[], frame: [Range, Range], code: string[] }} FunctionShown
 *
 * A language by its tag, such as pt-BR, and its sentences by the English ones.
 * @typedef {{ lang: string, sentences: Record<string, string> }} Words
 *
 * What does not change while training.
 * @typedef {object} Labels
 * @property {string} title
 * @property {Words} [words]  of another language than English, to be spoken
 * @property {string} x_label
 * @property {string} y_label
 * @property {string} engine  who computes in the kernel, or ""
 * @property {Makes | null} makes  null: the points are the user's own
 * @property {number | null} n_epochs
 * @property {string[]} panels
 * @property {string[] | "beginner" | null} controls  that are there; null: all
 * @property {string[]} lock  controls that cannot be used
 * @property {string[]} hide  what is kept back, of core/controls.js's VERDICTS
 * @property {number | null} height  pixels that the view is to have; null: as many as are in sight
 * @property {string} size  of the type
 * @property {string} note  what to know about these data, or ""
 * @property {string[] | null} code  the lines of the user's own update
 * @property {string[]} names  of the parameters
 * @property {import("./core/model.js").Model} model  what is fitted
 * @property {import("./core/quadratic.js").Bowl} bowl  the mean squared error of the points
 * @property {import("./core/objective.js").About[]} [objectives]  the loss of each run
 * @property {FunctionShown | null} [function]  what is trained down in the place of points
 * @property {number} [held]  how many points are held back, where some are
 * @property {import("./core/picture.js").About | null} [picture]  of very many points; its bytes come apart
 *
 * A question that is asked before the outcome is shown.
 * @typedef {object} Bet
 * @property {string} kind
 * @property {number} steps  how many it looks ahead
 * @property {string[]} hides  what is kept back meanwhile
 * @property {boolean} stops  whether no step is made meanwhile
 * @property {number} at  the step where it is asked
 * @property {any} answer  null: none, or it was skipped
 * @property {any} truth  null: it waits for an answer
 * @property {number | null} score
 * @property {string} [question]  a teacher's own
 * @property {number} [tolerance]  what an answer to that may be off by
 * @property {number} [value]  the right one
 *
 * @typedef {object} Run
 * @property {string} name  what tells it from the others, "" where there are none
 * @property {string} optimizer
 * @property {boolean} outside  whether code trains that is not ours
 * @property {import("./core/stretches.js").Plan | null} [acts_as]  the rule of ours that such code
 *   does the same as, at any rate, if there is one
 * @property {number | null} lr
 * @property {import("./core/table.js").Table} history
 * @property {import("./core/table.js").Row} row  the row shown
 * @property {number | null} divergedAt  the step that it could not make, once the row before is shown
 *
 * What views draw from.
 * @typedef {object} View
 * @property {Run[]} runs  at least one
 * @property {number} chosen  which of them the controls, the code and the read-out speak of
 * @property {Run} run  that one, and what it has:
 * @property {import("./core/table.js").Table} history
 * @property {import("./core/table.js").Row} row  the row shown
 * @property {number | null} lr
 * @property {string} optimizer
 * @property {number} step  the clock's step that is shown
 * @property {number} resets  how often a person has begun again
 * @property {Bet[]} bets  that are asked, one after the other
 * @property {number} asked  the place of the one that is put
 * @property {Set<string>} hidden  what is kept back from who looks
 * @property {Bet | null} bet  that one, while it waits for an answer
 * @property {boolean} isHeld  whether no step is made before that
 * @property {number} seen  the last step that has been shown; rows after it are not drawn
 * @property {Points} points  of very many, some
 * @property {Picture | null} picture  of all of them, where they are very many
 * @property {Labels} labels
 * @property {import("./core/stretches.js").Common} settings  those that all runs share
 * @property {Params} guess
 * @property {number} stepsPerSecond
 * @property {boolean} playing
 * @property {number} stopAt  the step at which playing pauses
 * @property {string} status  as the kernel says it: ready, paused, converged, diverged, ...
 * @property {string} advice
 * @property {string} printed  what the user's code has printed last
 * @property {Problem | null} problem  the last error, until something succeeds
 * @property {Link} link  where the kernel is
 * @property {boolean} isHere  whether this page computes, and no kernel
 * @property {boolean} canTrain  whether who computes can make further steps
 * @property {boolean} isOver  whether code made a run that is no longer there: what is known is all
 *
 * What the step to come does: the points it looks at, the gradient there, and where that leads. Null
 * where it is not known here.
 * @typedef {ReturnType<typeof import("./core/next-step.js").nextStep> | null} Next
 *
 * What a person can do. Of a run, that is the chosen one.
 * @typedef {object} Actions
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} step
 * @property {() => void} back
 * @property {(step: number) => void} seek
 * @property {() => void} reset
 * @property {() => void} newData
 * @property {(params: Params) => void} setGuess
 * @property {EditPoints} editPoints
 * @property {() => void} undo  the last edit of points that there is
 * @property {(i: number) => void} choose  a run
 * @property {(lr: number | string) => void} setLr  as typed: who computes judges it
 * @property {(name: string) => void} setOptimizer
 * @property {(changes: Record<string, any>) => void} setRule
 * @property {(rate: number | string) => void} setSpeed  steps a second
 * @property {(answer: any) => void} answer  the bet that is put; null skips it
 * @property {(i: number) => void} ask  put a bet, by its place
 * @property {PictureOf} pictureOf
 * @property {HeightsOf} heightsOf
 * @property {() => void} goOnHere  have this page compute, from the row shown
 * @property {() => void} goBack  have the kernel compute again, from where it is
 *
 * Replace `remove` points from the place `at` on by others, of which x and y are given; `goesOn`: as
 * a part of the edit before, as when a point is dragged further; `held`: of those that are held back.
 * @typedef {(at: number, remove: number, insert: Params[], goesOn?: boolean, held?: boolean) => void} EditPoints
 *
 * A function's values in a part of the plane, row by row from below, NaN where there is none; null where
 * whoever is asked does not have them. Of the same part they are asked for once.
 * @typedef {(x: Range, y: Range) => Promise<Heights | null>} HeightsOf
 * @typedef {{ x: Range, y: Range, columns: number, rows: number, heights: Float64Array }} Heights
 *
 * A finer picture of the points in a part; null where there is none to be had.
 * @typedef {(x: Range, y: Range) => Promise<Picture | null>} PictureOf
 */

/**
 * What moves, and what keeps still.
 * @typedef {object} Motion
 * @property {boolean} isDragging  something is being dragged
 * @property {() => void} hold
 * @property {() => void} release
 * @property {(() => void) | null} again  draw the next frame of a movement; null: no movements
 * @property {() => void} redraw
 *
 * What belongs to one view alone.
 * @typedef {object} Look
 * @property {number} width  pixels there are
 * @property {number} height  pixels the whole is to have, its code folded
 * @property {Residuals} residuals
 * @property {number} feature  on the horizontal axis of a fit of several; -1: the actual y, against what
 *   is predicted
 * @property {"auto" | "linear" | "log"} lossScale
 * @property {[number, number] | null} plane  the parameters that are the surface's axes; null: where there
 *   are more than two, the flattest and the steepest direction
 * @property {[number, number] | null} turn  of the bowl that is seen from the side: about the vertical, and
 *   up; radians. null: it is seen from above
 * @property {boolean} showsMore  the controls that are used seldom
 * @property {boolean | null} showsCode  null: where there is room
 * @property {boolean} [isFull]  it has the whole screen
 * @property {(() => void) | null} fullScreen  go there, or leave it; null: the host does not allow it
 * @property {Motion} motion
 * @property {(change: Partial<Look>) => void} change
 * @property {() => import("lit-html").TemplateResult} menu  to save what is seen
 * @property {(text: string) => Promise<boolean>} copy  to the clipboard; false: the host does not allow it
 * @property {(blob: Blob, name: string) => void} download
 *
 * How residuals are drawn: not at all, as lines, or as the squares that the loss is the mean of.
 * @typedef {"none" | "lines" | "squares"} Residuals
 */

export {};
