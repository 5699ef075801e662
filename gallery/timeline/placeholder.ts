import { nothing } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

/** Colours of a photo in a small grid. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of each cell, row by row. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Decode a placeholder: base64 of the width, the height, and three bytes for each cell. */
export function decode(encoded: string): Grid {
  const [width = 0, height = 0, ...cells] = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let cell = 0; cell < width * height; cell += 1) pixels.set(cells.slice(cell * 3, cell * 3 + 3), cell * 4);
  return { width, height, pixels };
}

class Draw extends Directive {
  private encoded = "";

  override update(part: ElementPart, [encoded]: [string]): typeof nothing {
    if (encoded !== this.encoded) draw(part.element as HTMLCanvasElement, decode(encoded));
    this.encoded = encoded;
    return nothing;
  }

  override render(_encoded: string): typeof nothing {
    return nothing;
  }
}

function draw(canvas: HTMLCanvasElement, { width, height, pixels }: Grid): void {
  if (!width || !height) return;
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/** Draw a placeholder on a canvas. */
export const drawPlaceholder = directive(Draw);
