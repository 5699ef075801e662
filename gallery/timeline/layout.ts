/** The position and the size of a photo, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly height: number;
}

/**
 * Lay out photos of these aspect ratios in justified rows, in their order. Every row fills the width to the pixel, at
 * the highest height up to `wanted`; a last row that does not fill the width stays short.
 */
export function justified(ratios: readonly number[], width: number, wanted: number, gap: number): Layout {
  const boxes: Box[] = [];
  let row: number[] = [];
  let top = 0;
  const close = (height: number) => {
    boxes.push(...placed(row, top, height, gap));
    top += Math.round(height) + gap;
    row = [];
  };
  for (const ratio of ratios) {
    row.push(ratio);
    const height = filling(row, width, gap);
    if (height <= wanted) close(height);
  }
  if (row.length) close(Math.min(wanted, filling(row, width, gap)));
  return { boxes, height: Math.max(0, top - gap) };
}

/** The height at which the photos of a row fill the width. */
function filling(row: readonly number[], width: number, gap: number): number {
  return (width - gap * (row.length - 1)) / row.reduce((sum, ratio) => sum + ratio, 0);
}

function placed(row: readonly number[], top: number, height: number, gap: number): Box[] {
  let right = 0;
  return row.map((ratio, number) => {
    const left = Math.round(right + number * gap);
    right += ratio * height;
    return { left, top, width: Math.round(right + number * gap) - left, height: Math.round(height) };
  });
}
