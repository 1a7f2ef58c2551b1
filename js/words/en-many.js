// English: what is said of models with any number of parameters alone: a part of the twin of
// gd_widget/words/en.py.

/** @type {Record<string, (details: any) => string>} */
export const EN_MANY = {
  many_fit: ({ n, d, free }) =>
    `In float64, ${n.toLocaleString("en")} points tell no more than ${d - free} of the ${d} parameters apart: many solutions fit alike, but for rounding. Of those that fit best, least_squares is the one of least norm.`,
};
