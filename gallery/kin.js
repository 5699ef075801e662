import { element } from "./dom.js";
import * as format from "./format.js";

/** The related photos of one, a section for each kind that it has; `visit` opens one by its id. */
export function kin({ duplicates = [], near_duplicates: near = [], stack = null }, visit) {
  const kinds = [
    ["Other files of this photo", stack?.others ?? []],
    ["Identical copies", duplicates],
    ["Similar photos", near],
  ];
  return kinds.filter(([, photos]) => photos.length).map(([title, photos]) => group(title, photos, visit));
}

function group(title, photos, visit) {
  const entries = photos.map((photo) => {
    const picture = photo.thumbnail && element("img", { src: photo.thumbnail, alt: "", loading: "lazy" });
    const name = element("span", { textContent: format.name(photo) });
    const button = element("button", { type: "button", title: photo.key }, picture, name);
    button.addEventListener("click", () => visit(photo.id));
    return element("li", {}, button);
  });
  return element("section", { className: "kin" }, element("h3", { textContent: title }), element("ul", {}, ...entries));
}
