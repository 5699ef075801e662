import { element } from "./dom.js";
import * as format from "./format.js";

// What is shown of a photo: a label, and how to read it off.
const FACTS = [
  ["Taken", (photo) => format.taken(photo)],
  ["Camera", ({ metadata }) => format.camera(metadata)],
  ["Lens", ({ metadata }) => metadata.lens],
  ["Exposure", ({ metadata }) => format.exposure(metadata)],
  ["Place", ({ metadata }) => format.placeNames(metadata)],
  ["Coordinates", ({ metadata }) => format.place(metadata)],
  ["Title", ({ metadata }) => metadata.title],
  ["Caption", ({ metadata }) => metadata.caption],
  ["Rating", ({ metadata }) => format.rating(metadata)],
  ["Keywords", ({ metadata }) => metadata.keywords?.join(", ")],
  ["Artist", ({ metadata }) => metadata.artist],
  ["Copyright", ({ metadata }) => metadata.copyright],
  ["Size", (photo) => format.size(photo)],
  ["File", ({ format: kind, bytes }) => [kind?.toUpperCase(), format.bytes(bytes)].filter(Boolean).join(", ")],
  ["Where it lies", ({ key }) => key],
];

/** All that is known of a photo, as a list. */
export function details(photo) {
  const facts = FACTS.map(([label, read]) => [label, read(photo)]).filter(([, value]) => value);
  return [
    element("h2", { textContent: format.name(photo) }),
    photo.reason && element("p", { className: "reason", textContent: photo.reason }),
    element(
      "dl",
      {},
      ...facts.flatMap(([label, value]) => [
        element("dt", { textContent: label }),
        element("dd", { textContent: value }),
      ]),
    ),
  ].filter(Boolean);
}
