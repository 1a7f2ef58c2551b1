// Put into a page before anything else runs there: counts the bytes of all messages to and from
// kernels, both ways, as they are before the WebSocket packs them.
() => {
  const Direct = window.WebSocket;
  const size = (data) => data.byteLength ?? data.size ?? new Blob([data]).size;
  window.traffic = 0;
  window.lastTraffic = 0;

  window.WebSocket = class extends Direct {
    constructor(address, ...options) {
      super(address, ...options);
      this.toKernel = String(address).includes("/channels");
      this.addEventListener("message", ({ data }) => this.count(data));
    }

    count(data) {
      if (!this.toKernel) return;
      window.traffic += size(data);
      window.lastTraffic = performance.now();
    }

    send(data) {
      this.count(data);
      super.send(data);
    }
  };
};
