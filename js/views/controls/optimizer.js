// Which update rule makes the steps, what it does in a sentence, and the settings it heeds.

import { html } from "lit-html";
import { isFree } from "../../core/controls.js";
import { RULES } from "../../core/rules.js";
import { say, translated } from "../../words/say.js";
import { heeds } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { batchSize } from "./batch-size.js";
import { select } from "./select.js";
import { share } from "./share.js";

/**
 * What the rule heeds beside the rate, and what it does.
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions["setRule"]} set
 */
export function ruleSettings(view, set) {
  const { run, settings, labels } = view;
  const disabled = !isFree(labels, "settings");
  const { momentum, alpha, betas } = settings;
  const [beta1, beta2] = betas;
  /** @param {string} setting @param {string} words @param {number} now @param {(now: number) => object} made */
  const one = (setting, words, now, made) =>
    heeds(run, setting) ? share(words, now, (now) => set(made(now)), disabled) : "";
  return html` <div class="explained">${explained(run)}</div>
    ${heeds(run, "batch_size") && labels.bowl.n > 1 ? batchSize(view, (batch_size) => set({ batch_size }), disabled) : ""}
    ${one("momentum", say("momentum"), momentum, (momentum) => ({ momentum }))}
    ${one("alpha", say("alpha"), alpha, (alpha) => ({ alpha }))}
    ${one("betas", say("beta 1"), beta1, (beta) => ({ betas: [beta, beta2] }))}
    ${one("betas", say("beta 2"), beta2, (beta) => ({ betas: [beta1, beta] }))}`;
}

/** @param {import("../../types.js").Run} run */
const explained = ({ outside, optimizer }) =>
  outside ? say("Code in Python makes each step.") : say(RULE_TEXT[optimizer].sentence);

/**
 * @param {import("../../types.js").View} view
 * @param {(name: string) => void} set
 */
export function ruleChoice({ run, labels }, set) {
  const { outside, optimizer: now } = run;
  const option = (/** @type {string} */ name) => {
    const label = translated(RULES[name]?.label ?? name);
    return html`<option value=${name} ?selected=${name === now}>${label}</option>`;
  };
  const group = (/** @type {string} */ label, /** @type {boolean} */ searches) =>
    html`<optgroup label=${label}>
      ${Object.keys(RULES)
        .filter((name) => RULES[name].settings.includes("lr") !== searches)
        .map(option)}
    </optgroup>`;
  return select(
    {
      ...{
        name: html`<span>${say("optimizer")}</span>`,
        label: say("Optimizer"),
        more: explained(run),
      },
      ...{ now, disabled: outside || !isFree(labels, "optimizer"), set, term: "optimizer" },
    },
    outside ? option(now) : [group(say("first order"), false), group(say("line search"), true)],
  );
}
