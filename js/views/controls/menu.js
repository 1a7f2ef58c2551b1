// The popups, Save and Keys, are open until one goes elsewhere.

/** The focus goes elsewhere: so does the attention. @param {any} event */
export function onLeave({ currentTarget: menu, relatedTarget }) {
  if (!menu.contains(relatedTarget)) menu.open = false;
}
