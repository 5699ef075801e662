import * as format from "../core/format";
import type { Photo } from "../core/photo";

/** The photos of one day: YYYY-MM-DD, or nothing for photos without a date. */
export interface Day {
  readonly day: string;
  readonly photos: readonly Photo[];
}

/** Group photos by day, in their order. A day whose photos are the same as before is the same object as before. */
export function byDay(photos: readonly Photo[], before: readonly Day[]): readonly Day[] {
  const groups = new Map<string, Photo[]>();
  for (const photo of photos) {
    const day = format.dayOf(photo);
    const group = groups.get(day);
    if (group) group.push(photo);
    else groups.set(day, [photo]);
  }
  const known = new Map(before.map((group) => [group.day, group]));
  return Array.from(groups, ([day, members]) => {
    const former = known.get(day);
    return former && same(former.photos, members) ? former : { day, photos: members };
  });
}

const same = (left: readonly Photo[], right: readonly Photo[]) =>
  left.length === right.length && left.every((photo, at) => photo === right[at]);
