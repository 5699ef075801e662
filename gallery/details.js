import { element } from "./dom.js";
import * as format from "./format.js";
import { address, worded } from "./lists.js";

const nothing = () => null;

// What is shown of a photo: a label, how to read it off, and the terms whose lists can be opened from there.
const FACTS = [
  ["Taken", (photo) => format.taken(photo)],
  ["On this day", nothing, ["on"]],
  ["Camera", nothing, ["camera"]],
  ["Lens", nothing, ["lens"]],
  ["Exposure", ({ metadata }) => format.exposure(metadata)],
  ["Place", nothing, ["city", "region", "country"]],
  ["Coordinates", ({ metadata }) => format.place(metadata)],
  ["Title", ({ metadata }) => metadata.title],
  ["Caption in the file", ({ caption, metadata }) => metadata.caption !== caption && metadata.caption],
  ["Rating", nothing, ["rating"]],
  ["Keywords", nothing, ["keyword"]],
  ["Labels", nothing, ["label"]],
  ["Artist", ({ metadata }) => metadata.artist],
  ["Copyright", ({ metadata }) => metadata.copyright],
  ["Dimensions", (photo) => format.size(photo)],
  ["Format", ({ format: kind, bytes }) => [kind?.toUpperCase(), format.bytes(bytes)].filter(Boolean).join(", ")],
  ["File", format.where],
];

/** All that is known of a photo, as a list. */
export function details(photo) {
  const facts = FACTS.map(([label, read, terms = []]) => [label, ...links(photo, terms), read(photo)])
    .map(([label, ...values]) => [label, values.filter(Boolean)])
    .filter(([, values]) => values.length);
  return [
    element("h2", { textContent: format.name(photo) }),
    photo.reason && element("p", { className: "reason", textContent: photo.reason }),
    element(
      "dl",
      {},
      ...facts.flatMap(([label, values]) => [
        element("dt", { textContent: label }),
        ...values.map((value) => element("dd", {}, value)),
      ]),
    ),
  ].filter(Boolean);
}

function links(photo, terms) {
  return terms.flatMap((term) =>
    (photo.terms[term] ?? []).map((value) =>
      element("a", { href: address(term, value), textContent: worded(term, value) }),
    ),
  );
}
