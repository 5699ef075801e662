/**
 * Justified rows: boxes {left, top, width, height} in pixels for photos of these aspect ratios, in their order.
 * Every row fills the width to the pixel, at a height near the wanted one; a last row that is short stays short.
 */
export function justified(ratios, width, wanted, gap) {
  const boxes = [];
  let row = [];
  let top = 0;
  const close = (height) => {
    boxes.push(...placed(row, top, height, gap));
    top += Math.round(height) + gap;
    row = [];
  };
  for (const ratio of ratios) {
    row.push(ratio);
    const height = fitting(row, width, gap);
    if (height <= wanted) close(height);
  }
  if (row.length) close(Math.min(wanted, fitting(row, width, gap)));
  return { boxes, height: Math.max(0, top - gap) };
}

/** The height at which the photos of a row fill the width. */
const fitting = (row, width, gap) => (width - gap * (row.length - 1)) / row.reduce((sum, ratio) => sum + ratio, 0);

function placed(row, top, height, gap) {
  let right = 0;
  return row.map((ratio, number) => {
    const left = Math.round(right + number * gap);
    right += ratio * height;
    return { left, top, width: Math.round(right + number * gap) - left, height: Math.round(height) };
  });
}
