/* The loaded pages of a list, and how a page that was loaded again takes its place. Pure: nothing is fetched here. */

import type { Photo, PhotoPage } from "./photo";

/** A loaded page: the cursor that it begins behind, how many photos to ask for, and its content. */
export interface Page {
  readonly after: string | null;
  readonly limit: number;
  /** The cursor that it ends at; null at the end of the list. */
  readonly next: string | null;
  /** Its validator; null where its content is in doubt. */
  readonly etag: string | null;
  readonly photos: readonly Photo[];
}

type Ids = ReadonlySet<string>;

/** Add a page to the end. A photo that it brings again leaves its earlier page. */
export function appended(pages: readonly Page[], page: Page): Page[] {
  return [...without(pages, idsOf(page.photos)), page];
}

/**
 * Replace the page at `at` by the API's present answer. No photo is lost and none stands twice: photos that were pushed
 * over the page's end begin the next page, photos that it took over from later pages leave these. Pages that no longer
 * begin where they did lose their validator, so that they are loaded again. No page gets more than `size` photos.
 */
export function replaced(pages: readonly Page[], at: number, answer: PhotoPage, size: number): Page[] {
  const page = pages[at] as Page;
  const ids = idsOf(answer.photos);
  const renewed: Page = { ...page, next: answer.cursor, etag: answer.etag, photos: answer.photos };
  const before = without(pages.slice(0, at), ids);
  if (answer.cursor === null) return [...before, renewed]; // the list ends here: there is nothing behind it
  const later = without(pages.slice(at + 1), ids);
  if (answer.cursor === page.next) return [...before, renewed, ...later];
  const pushed = pushedOut(page.photos, ids);
  return [...before, renewed, ...moved(pushed, answer.cursor, page.next, later, size)];
}

/** The pages behind one that now ends at `cursor` and ended at `end`; it has no room for the photos in `pushed`. */
function moved(
  pushed: readonly Photo[],
  cursor: string,
  end: string | null,
  later: readonly Page[],
  size: number,
): Page[] {
  const [next, ...others] = later;
  if (!next) return [doubtful(cursor, end, pushed, size)];
  if (pushed.length + next.photos.length <= size) {
    return [doubtful(cursor, next.next, [...pushed, ...next.photos], size), ...others];
  }
  return [...(pushed.length ? [doubtful(cursor, end, pushed, size)] : []), next, ...others];
}

function doubtful(after: string, next: string | null, photos: readonly Photo[], size: number): Page {
  // At the end of the list there may be more photos than before.
  return { after, limit: next !== null && photos.length ? photos.length : size, next, etag: null, photos };
}

/** The photos of the page's former content that are older than all that it shares with its present content. */
function pushedOut(former: readonly Photo[], ids: Ids): readonly Photo[] {
  const shared = former.map(({ id }) => ids.has(id)).lastIndexOf(true);
  return former.slice(shared + 1);
}

const idsOf = (photos: readonly Photo[]): Ids => new Set(photos.map(({ id }) => id));

function without(pages: readonly Page[], ids: Ids): Page[] {
  return pages.map((page) => {
    const photos = page.photos.filter(({ id }) => !ids.has(id));
    return photos.length === page.photos.length ? page : { ...page, photos, etag: null };
  });
}
