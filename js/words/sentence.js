// The sentence that says what was found out.

import { EN } from "./en.js";
import { EN_LOSSES } from "./en-losses.js";
import { EN_MANY } from "./en-many.js";
import { ofRun } from "./run-name.js";

/** One sentence, with the evidence; "" for nothing. @param {import("../core/diagnoses.js").Diagnosis} [found] */
export function sentence(found) {
  if (!found) return "";
  /** @type {Record<string, (details: any) => string>} */
  const words = { ...EN, ...EN_MANY, ...EN_LOSSES };
  const said = words[found.code](found);
  return found.run ? ofRun(found.run, said) : said;
}
