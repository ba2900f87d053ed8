/** The element with that id. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** A new element with text and properties. */
export function make(tag, text = '', properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...properties });
}

/** Puts an item at the end of a list that keeps so many, and shows it where the end was shown before. */
export function append(list, item, keep) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(item);
  while (list.children.length > keep) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

/** The time of day, `09:05:07`; with its milliseconds where asked. */
export function clockTime(withMilliseconds = false) {
  const iso = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
  return iso.slice(11, withMilliseconds ? 23 : 19);
}
