import { element } from "./dom.js";
import * as format from "./format.js";

/** The photos that belong to one, as the API tells of it: each kind that there is, with its photos to visit. */
export function kin({ duplicates = [], near_duplicates: near = [], stack = null }, visit) {
  const kinds = [
    ["Of the same shot", stack?.others ?? []],
    ["Copies, of the same bytes", duplicates],
    ["Nearly the same", near],
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
