import { element } from "./dom.js";

/** A photo in a few coloured cells, to look at until its image has come; null where there is none. */
export function placeholder(encoded) {
  if (!encoded) return null;
  const [width, height, ...cells] = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const canvas = element("canvas", { className: "placeholder", width, height, ariaHidden: "true" });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  for (let cell = 0; cell < width * height; cell += 1) {
    pixels.data.set([...cells.slice(cell * 3, cell * 3 + 3), 255], cell * 4);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
