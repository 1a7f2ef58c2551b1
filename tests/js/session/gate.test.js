// What a question keeps back: rows that are known here already, and steps that are not to be made.

import { expect, it } from "vitest";
import { nextOf } from "../../../js/session/view.js";
import { settled } from "../fake-clock.js";
import { kernel, open, sent, session, steps, view } from "./conversation.js";
import { FakeKernel } from "../fake-kernel.js";

const BET = {
  ...{ kind: "loss_after", steps: 20, hides: ["future"], stops: true, at: 0 },
  ...{ answer: null, truth: null, score: null },
};

/** A kernel that asks, and has trained on all the same. @param {object} [given] */
async function ask(given = {}) {
  session.close();
  const asking = new FakeKernel();
  const plain = asking.state.bind(asking);
  asking.state = () => ({ ...plain(), bets: [{ ...BET, ...given }], asked: 0 });
  asking.train(9);
  await open(asking);
}

it("shows the step where it is asked, and no row after it", async () => {
  await ask();
  expect(view().step).toBe(0);
  expect(steps()).toEqual([0]);
  expect(view().seen).toBe(0);
  expect(nextOf(view())?.params).toHaveLength(2); // of the row that is shown
});

it("shows all there is once it is answered", async () => {
  await ask({ truth: { before: 8, loss: 1 }, answer: 2, score: 0.5 });
  expect(view().step).toBe(9);
  expect(steps()).toHaveLength(10);
});

it("makes no step before, and says which question is answered", async () => {
  await ask();
  session.play();
  session.step();
  expect(view().playing).toBe(false);
  session.answer(2);
  await settled();
  expect(sent("advance")).toEqual([]);
  expect(sent("answer")).toMatchObject([{ bet: 0, answer: 2 }]);
  expect(kernel.model.sent.length).toBeGreaterThan(0);
});
