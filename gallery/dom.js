/** Makes an element. Text is always put as text, never as markup: names and captions come from strangers' files. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { dataset = {}, ...plain } = properties;
  Object.assign(made, plain);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** The element with this id, which the page has. */
export const byId = (id) => document.getElementById(id);
