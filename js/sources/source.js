// What the two sources of rows, KernelSource and BrowserSource, have in common: what they are
// asked, and what they tell a session.

/**
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {import("../core/picture.js").Picture} Picture
 * @typedef {import("../types.js").Link} Link
 * @typedef {import("../types.js").Problem} Problem
 * @typedef {import("../types.js").Labels} Labels
 *
 * Where a run is; `row` is in the order of COLUMNS in history.js, then the rule's memory.
 * @typedef {object} RunState
 * @property {string} name  what tells it from the others, ""  where there are none
 * @property {string} optimizer
 * @property {boolean} outside  whether code trains that is not ours
 * @property {import("../core/stretches.js").Plan | null} [acts_as]  the rule that such code is like
 * @property {number | null} lr
 * @property {number} n_rows
 * @property {number | null} diverged_at
 * @property {number | null} [reached]  the first step near the floor, as a kernel knows it
 * @property {ArrayLike<number | null>} row
 * @property {import("../core/stretches.js").Stretch | null} stretch  what made the row
 *
 * What changes while training.
 * @typedef {object} Changing
 * @property {RunState[]} runs
 * @property {number} step  the clock: the step of the run that got furthest
 * @property {string} status
 * @property {string} advice
 * @property {string} printed  by the user's code, ""  where it was nothing
 * @property {number | null} stop_at
 * @property {import("../types.js").Bet[]} [bets]  where some are asked
 * @property {number} [asked]  the place of the one that is put
 * @property {Params} guess
 * @property {number} steps_per_second
 * @property {boolean} playing
 *
 * @typedef {Changing & import("../core/stretches.js").Common} State
 *
 * @typedef {import("../core/table.js").Tables} Tables
 *
 * Rows that were asked for: those after a step, all or some, and the last of them. `ended` says why
 * no more will come, if so; `printed`, what the user's code has printed; `advice`, what is wrong
 * with the training.
 * @typedef {Tables & { after: number, ended: "" | "converged" | "diverged",
 *   printed?: string, advice?: string }} Answer
 *
 * @typedef {State & Labels} Snapshot
 *
 * @typedef {"seek" | "set" | "edit" | "answer" | "ask" | "reset" | "new_data"} CommandType
 *
 * What a session is told, beside the answers it asked for.
 * @typedef {object} Listener
 * @property {(snapshot: Snapshot, points: import("../core/points.js").Points,
 *   tables: Tables, picture: Picture | null) => void} opened
 * @property {(state: State) => void} changed
 * @property {(answer: Answer, isNow: boolean) => void} arrived
 *   Rows nobody here asked for; isNow: Python has just trained them, and is at the last one.
 * @property {(problem: Partial<Problem> & { message: string }) => void} failed
 * @property {(link: Link, isAsExpected?: boolean) => void} linked  where the kernel is; as expected: where
 *   it was looked for
 * @property {(name: string, value: any) => void} [wanted]  a trait was set in a host's model
 *
 * @typedef {object} Source
 * @property {(listener: Listener) => void} open
 * @property {() => void} close
 * @property {(after: number, steps: number) => Promise<Answer | null>} pull
 *   The rows after a step; null when training went elsewhere before they were made.
 * @property {(type: CommandType, fields?: Record<string, any>, moves?: boolean) =>
 *   Promise<void>} command
 * @property {(changes: Record<string, any>) => Promise<void>} setting
 * @property {import("../types.js").PictureOf} picture
 * @property {import("../types.js").HeightsOf} heights
 * @property {() => void} refresh
 */

export {};
