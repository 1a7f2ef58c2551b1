// What a person must know of the kernel, on a page that has had one.

/**
 * @typedef {import("./status.js").Notice} Notice
 * @typedef {import("./status.js").Offer} Offer
 */

/** @type {Record<Offer, string>} */
export const OFFERS = { goOnHere: "Go on in this page", goBack: "Go back to it" };

/**
 * While the kernel computes.
 * @param {import("../../types.js").Link} link
 * @param {boolean} isOutside  whether by code that the page does not have
 * @returns {Notice | undefined}
 */
export function onTheKernel(link, isOutside) {
  if (link === "loading") return { kind: "busy", text: "PyTorch is being loaded." };
  const text = "The kernel is busy. Training goes on when it answers.";
  if (link === "busy") return { kind: "busy", text };
  if (link !== "stuck") return undefined;
  // An update() of the reader's own may have no end.
  if (isOutside) return { kind: "busy", text: `${text} If it never does, interrupt it.` };
  return { kind: "busy", text, offer: "goOnHere" };
}

/**
 * While this page does.
 * @param {import("../../types.js").Link} link
 * @returns {Notice | undefined}
 */
export function besideTheKernel(link) {
  const same = "This page goes on with the same numbers.";
  if (link === "live") return { kind: "", text: "The kernel answers again.", offer: "goBack" };
  if (link === "gone" || link === "connecting") {
    return {
      kind: "gone",
      text: `The kernel is gone. ${same} Run the cell again for the kernel's.`,
    };
  }
  const isBusy = link === "busy" || link === "stuck";
  return isBusy ? { kind: "busy", text: `The kernel is busy. ${same}` } : undefined;
}
