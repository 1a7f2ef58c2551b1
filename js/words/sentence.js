// The sentence that says what was found out.

import { EN } from "./en.js";

/** One sentence, with the evidence; "" for nothing. @param {import("../core/diagnoses.js").Diagnosis} [found] */
export const sentence = (found) =>
  found ? `${found.run ? `${found.run}: ` : ""}${EN[found.code](found)}` : "";
