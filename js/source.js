// What the two sources of rows, KernelSource and BrowserSource, have in common: what they are
// asked, and what they tell a session.

/**
 * @typedef {import("./quadratic.js").Params} Params
 *
 * Where the kernel is: not heard from yet, answering, running something else, doing so for long,
 * gone, or never there.
 * @typedef {"connecting" | "live" | "busy" | "stuck" | "gone" | "static"} Link
 *
 * What changes while training; `row` is in the order of COLUMNS in history.js.
 * @typedef {object} State
 * @property {number} n_rows
 * @property {number[]} row
 * @property {string} status
 * @property {string} advice
 * @property {number | null} stop_at
 * @property {number} lr
 * @property {Params} guess
 * @property {number} steps_per_second
 * @property {boolean} playing
 *
 * How points were made.
 * @typedef {import("./data.js").LineOptions & { seed: number }} Makes
 *
 * @typedef {object} Labels
 * @property {string} title
 * @property {string} x_label
 * @property {string} y_label
 * @property {string} engine  who computes in the kernel, or ""
 * @property {Makes | null} makes  null: the points are the user's own
 * @property {number | null} n_epochs
 * @property {string[]} panels
 * @property {string} note  what to know about these data, or ""
 * @property {import("./quadratic.js").Bowl} bowl
 *
 * @typedef {State & Labels} Snapshot
 *
 * @typedef {"seek" | "set" | "edit" | "reset" | "new_data"} CommandType
 *
 * What a session is told, beside the answers it asked for.
 * @typedef {object} Listener
 * @property {(snapshot: Snapshot, points: import("./points.js").Points,
 *   rows: Float64Array) => void} opened
 * @property {(state: State) => void} changed
 * @property {(rows: Float64Array, after: number, isNow: boolean) => void} arrived
 *   Rows nobody here asked for; isNow: Python has just trained them, and is at the last one.
 * @property {(message: string, hint: string, traceback: string) => void} failed
 * @property {(link: Link) => void} linked
 *
 * @typedef {object} Source
 * @property {(listener: Listener) => void} open
 * @property {() => void} close
 * @property {import("./player.js").Source["pull"]} pull
 * @property {(type: CommandType, fields?: Record<string, any>, moves?: boolean) =>
 *   Promise<void>} command
 * @property {(changes: Record<string, any>) => Promise<void>} setting
 * @property {() => void} refresh
 */

export {};
