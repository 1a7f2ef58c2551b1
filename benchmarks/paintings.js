// Run in a page: `eachPainting(look)` calls `look` once in every frame, just before it is painted.
() => {
  // What a frame paints is known only after everybody's animation callbacks. Resize observers
  // are called then, just before the painting: so a probe is resized in every frame.
  const looks = [];
  const probe = document.createElement("i");
  probe.style.cssText = "position: fixed; contain: strict; width: 1px; height: 1px";
  document.body.append(probe);
  let now = 0;
  new ResizeObserver(() => looks.forEach((look) => look(now))).observe(probe);

  const tick = (timestamp) => {
    now = timestamp;
    probe.style.width = probe.style.width === "1px" ? "2px" : "1px";
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);

  window.eachPainting = (look) => looks.push(look);
};
