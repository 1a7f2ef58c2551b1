// What jsdom has not, and a view needs: a size, and who tells of another one, of being seen, or of another theme.

import { vi } from "vitest";

export function fakeBrowser() {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      /** @param {() => void} changed */
      constructor(changed) {
        this.observe = changed;
      }
      disconnect() {}
    },
  );
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
  }));
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(900);
}
