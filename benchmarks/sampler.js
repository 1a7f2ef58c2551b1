// Run in JupyterLab's page: notes, for every frame, what a view of a GDWidget shows in it.
// It looks from outside, at the text on the page and at the messages that reach JupyterLab.
(root) => {
  let frames = [];
  let running = false;
  let arrived = 0; // the last step whose row has come from the kernel
  let click = null; // how many frames had been painted at the last click
  let paused = 0; // answers that say the kernel knows of a pause

  const kernel = jupyterapp.shell.currentWidget.sessionContext;
  kernel.iopubMessage.connect((_, message) => {
    if (message.header.msg_type !== "comm_msg") return;
    const { content } = message.content.data;
    if (content?.type === "rows") {
      const [bytes] = message.buffers;
      const row = 7 * 8; // a row is seven numbers, the first is its step
      const { buffer, byteOffset, byteLength } = bytes.buffer ? bytes : new DataView(bytes);
      if (byteLength === 0) return;
      arrived = new DataView(buffer, byteOffset).getFloat64(byteLength - row, true);
    } else if (content?.type === "state" || content?.type === "hello") {
      arrived = content.n_rows - 1;
      if (content.type === "state" && !content.playing) paused += 1;
    }
  });

  document.addEventListener("click", () => (click = frames.length), { capture: true });

  // What a frame paints is known only after everybody's animation callbacks. Resize observers
  // are called then, just before the painting: so a probe is resized in every frame.
  const probe = document.createElement("i");
  probe.style.cssText = "position: fixed; contain: strict; width: 1px; height: 1px";
  document.body.append(probe);
  let now = 0;
  new ResizeObserver(() => {
    if (!running) return;
    const step = Number(root.querySelector(".value.step").textContent);
    const playing = root.querySelector("[aria-label=Pause]") !== null;
    frames.push([now, step, arrived, playing]);
  }).observe(probe);

  const tick = (timestamp) => {
    if (!running) return;
    now = timestamp;
    probe.style.width = probe.style.width === "1px" ? "2px" : "1px";
    requestAnimationFrame(tick);
  };

  window.sampler = {
    start() {
      frames = [];
      click = null;
      running = true;
      requestAnimationFrame(tick);
    },
    stop() {
      running = false;
      return { frames, click };
    },
    get framesSinceClick() {
      return click === null ? 0 : frames.length - click;
    },
    get pausesKnown() {
      return paused;
    },
    /** The value of an expression in the kernel, as text. */
    async ask(expression) {
      const code = { code: "", user_expressions: { value: expression } };
      const reply = await kernel.session.kernel.requestExecute(code).done;
      return reply.content.user_expressions.value.data["text/plain"];
    },
  };
};
