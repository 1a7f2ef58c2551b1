// Shows the page's `anywidget` directives with the renderer of MyST's own theme.
import { ANY_RENDERERS } from "@myst-theme/anywidget";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

/** A node of the page and all below it. @param {any} node @returns {any[]} */
const nodes = (node) => [node, ...(node.children ?? []).flatMap(nodes)];

const { mdast } = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
const widgets = nodes(mdast).filter(({ type }) => type === "anywidget");
createRoot(document.querySelector("main")).render(
  widgets.map((node) => createElement(ANY_RENDERERS.anywidget, { node, key: node.key })),
);
