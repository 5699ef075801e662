import assert from "node:assert/strict";
import { test } from "node:test";
import { type Box, justified } from "../timeline/layout";

const WIDTH = 1000;
const WANTED = 200;
const GAP = 4;
const RATIOS = [1.5, 0.75, 1, 3, 1.33, 0.4, 1.5, 1.5, 0.6, 1.5, 1.5, 1.5, 0.7];

function rows(boxes: readonly Box[]): Box[][] {
  const found = new Map<number, Box[]>();
  for (const box of boxes) found.set(box.top, [...(found.get(box.top) ?? []), box]);
  return [...found.values()];
}

test("full rows fill the width to the pixel, no higher than wanted", () => {
  const full = rows(justified(RATIOS, WIDTH, WANTED, GAP).boxes).slice(0, -1);
  assert.ok(full.length >= 2);
  for (const row of full) {
    const edges = row.map(({ left, width }) => [left, left + width]);
    assert.equal(edges[0]?.[0], 0);
    assert.equal(edges.at(-1)?.[1], WIDTH);
    for (const [at, [left]] of edges.slice(1).entries()) assert.equal(left, (edges[at]?.[1] ?? 0) + GAP);
    assert.ok(row.every(({ height }) => height <= WANTED));
  }
});

test("the height is that of all rows", () => {
  const { boxes, height } = justified(RATIOS, WIDTH, WANTED, GAP);
  assert.equal(height, Math.max(...boxes.map((box) => box.top + box.height)));
});

test("a short last row keeps the wanted height, and no photos take no room", () => {
  assert.deepEqual(justified([1.5], WIDTH, WANTED, GAP).boxes, [{ left: 0, top: 0, width: 300, height: 200 }]);
  assert.deepEqual(justified([], WIDTH, WANTED, GAP), { boxes: [], height: 0 });
});
