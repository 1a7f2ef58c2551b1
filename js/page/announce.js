// What a screen reader says of a view: the latest sentence, at most once a second.

const SAY_EVERY = 1000; // milliseconds: a screen reader must be able to follow

/**
 * @param {() => string} sentence  what there is to say
 * @returns {{ line: HTMLElement, announce: () => void, silence: () => void }}
 *   where it is said, to be put on the page; say it soon; say nothing more
 */
export function announcer(sentence) {
  const line = document.createElement("p");
  line.role = "status";
  line.className = "spoken";
  let timer = 0;
  const speak = () => {
    timer = 0;
    const words = sentence();
    if (line.textContent !== words) line.textContent = words;
  };
  return {
    line,
    announce: () => {
      timer ||= window.setTimeout(speak, SAY_EVERY);
    },
    silence: () => clearTimeout(timer),
  };
}
