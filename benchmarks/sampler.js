// Run in JupyterLab's page after paintings.js: notes, for every frame, what a view of a GDWidget
// shows in it. It looks from outside, at the text on the page and at the messages that reach JupyterLab.
(root) => {
  let frames = [];
  let running = false;
  let arrived = 0; // the last step whose row has come from the kernel
  let click = null; // how many frames had been painted at the last click
  let paused = 0; // answers that say the kernel knows of a pause

  const kernel = jupyterapp.shell.currentWidget.sessionContext;
  kernel.iopubMessage.connect((_, message) => {
    if (message.header.msg_type !== "comm_msg") return;
    const { json } = message.content.data.content ?? {};
    const content = json && JSON.parse(json);
    if (content?.type === "rows") {
      const [bytes] = message.buffers;
      const row = 8 * content.widths[0]; // its numbers, the first is its step
      const { buffer, byteOffset, byteLength } = bytes.buffer ? bytes : new DataView(bytes);
      if (byteLength === 0) return;
      arrived = new DataView(buffer, byteOffset).getFloat64(byteLength - row, true);
    } else if (content?.type === "state" || content?.type === "hello") {
      arrived = content.n_rows - 1;
      if (content.type === "state" && !content.playing) paused += 1;
    }
  });

  document.addEventListener("click", () => (click = frames.length), { capture: true });

  eachPainting((now) => {
    if (!running) return;
    const step = Number(root.querySelector(".value.step").textContent.replaceAll(",", ""));
    const playing = root.querySelector("[aria-label=Pause]") !== null;
    frames.push([now, step, arrived, playing]);
  });

  window.sampler = {
    start() {
      frames = [];
      click = null;
      running = true;
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
  };
};
