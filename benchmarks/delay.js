// Put into a page before anything else runs there: every message of every WebSocket takes
// `delay` milliseconds longer each way, in order, whatever it carries.
(delay) => {
  const Direct = window.WebSocket;

  window.WebSocket = class extends Direct {
    constructor(...options) {
      super(...options);
      // The first listener: it stops each message, and lets it on later as one of its own.
      this.addEventListener("message", (event) => {
        if (!event.isTrusted) return;
        event.stopImmediatePropagation();
        const late = new MessageEvent("message", { data: event.data, origin: event.origin });
        setTimeout(() => this.dispatchEvent(late), delay);
      });
    }

    send(data) {
      setTimeout(() => this.readyState === Direct.OPEN && super.send(data), delay);
    }
  };
};
