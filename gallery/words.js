/* What the owner writes about a photo: a caption, and the albums it is in. Each is saved when its field is left. */

import { element } from "./dom.js";
import * as format from "./format.js";
import { address } from "./lists.js";

const LONGEST_CAPTION = 5000;
const LONGEST_ALBUM = 100;

/** The fields for a photo; `write` saves changes and gives the photo as it is then. */
export function words(photo, library, write) {
  const status = element("p", { className: "status", role: "status" });
  const save = async (changes) => {
    status.textContent = "Saving…";
    try {
      photo = await write(changes);
      status.textContent = "Saved";
    } catch (error) {
      status.textContent = `Not saved. ${format.fault(error)}`;
    }
    return photo;
  };
  return element("section", { className: "words" }, caption(photo, save), albums(photo, library, save, status), status);
}

function caption(photo, save) {
  const text = element("textarea", { rows: 3, maxLength: LONGEST_CAPTION, value: photo.caption ?? "" });
  text.addEventListener("change", () => {
    // What the file itself says needs no words of the owner's; an empty caption goes over it.
    const own = text.value.trim();
    save({ caption: own === (photo.metadata.caption ?? "") ? null : own });
  });
  return element("label", {}, "Caption", text);
}

function albums(photo, library, save, status) {
  let named = photo.albums;
  const list = element("ul", { ariaLabel: "Albums of this photo" });
  const known = element("datalist", { id: "albums" });
  const field = element("input", { type: "text", maxLength: LONGEST_ALBUM, placeholder: "Add to an album" });
  field.setAttribute("list", known.id);
  field.setAttribute("aria-label", "Add to an album");
  const keep = async (wanted) => {
    named = wanted; // so that another one that follows at once is put beside it
    named = (await save({ albums: wanted })).albums;
    draw();
  };
  const without = (name) => named.filter((other) => other !== name);
  const draw = () => list.replaceChildren(...named.map((name) => album(name, () => keep(without(name)))));
  const add = () => {
    const name = field.value.trim();
    field.value = "";
    if (name) keep([...named, name]);
  };
  field.addEventListener("keydown", ({ key }) => key === "Enter" && add());
  field.addEventListener("change", add);
  field.addEventListener("focus", () => offer(library, known, status), { once: true });
  draw();
  return element("div", { className: "albums" }, element("span", { textContent: "Albums" }), list, field, known);
}

function album(name, leave) {
  const button = element("button", { type: "button", textContent: "×", ariaLabel: `Remove from ${name}` });
  button.addEventListener("click", leave);
  return element("li", {}, element("a", { href: address("album", name), textContent: name }), button);
}

/** Offer the names of the library's albums. */
async function offer(library, known, status) {
  try {
    known.replaceChildren(...(await library.albums()).map((name) => element("option", { value: name })));
  } catch (error) {
    status.textContent = `The names of your albums could not be loaded. ${format.fault(error)}`;
  }
}
