// A page that has never had a kernel, with what a session asks of one that has: switching.js.

/**
 * @param {import("./source.js").Source} page
 * @returns {import("./switching.js").EitherSource}
 */
export function newPageAlone(page) {
  /** Whether it was done; why not has been shown. @param {Promise<void>} doing */
  const attempt = (doing) =>
    doing.then(
      () => true,
      () => {
        page.refresh(); // what is so now, after what was not done
        return false;
      },
    );
  return {
    ...page,
    link: "static",
    isHere: true,
    command: (type, fields) => attempt(page.command(type, fields)),
    setting: (changes) => attempt(page.setting(changes)),
    painted() {},
    goOnHere() {},
    goBack() {},
  };
}
