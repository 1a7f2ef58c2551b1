// Which language a kernel is asked to speak. One of the files that know of Jupyter.

/**
 * That of the host, where it is not English: hosts are English for who has not chosen. Else the reader's.
 */
export function hostLanguage() {
  const { lang } = document.documentElement;
  return !lang || /^en\b/i.test(lang) ? navigator.language : lang;
}
