/* The pages of a list as they were loaded, and how one that was loaded again takes its place. Pure: no page is fetched. */

/** The largest page that the API gives. */
export const PAGE_SIZE = 200;

/**
 * A page is {after, limit, next, etag, photos}: the cursor it begins behind, how many photos to ask for, the cursor it
 * ends at (null at the list's end), its validator (null where its content is in doubt), and its photos.
 */
export const firstPage = () => ({ after: null, limit: PAGE_SIZE, next: null, etag: null, photos: [] });

/** The pages with a further one at their end. A photo that it brings again is in it alone. */
export function appended(pages, page) {
  return [...without(pages, idsOf(page.photos)), page];
}

/**
 * The pages with the one at `at` as the API answered it just now: {photos, cursor, etag}. No photo is lost and none
 * stands twice: photos that were pushed over the page's end begin the next page, photos that it took over from later
 * pages leave these. Pages that no longer begin where they did lose their validator, so that they are loaded again.
 */
export function replaced(pages, at, { photos, cursor, etag }) {
  const page = pages[at];
  const ids = idsOf(photos);
  const renewed = { ...page, next: cursor, etag, photos };
  const before = without(pages.slice(0, at), ids);
  if (!cursor) return [...before, renewed]; // the list ends here: there is nothing behind it
  const later = without(pages.slice(at + 1), ids);
  if (cursor === page.next) return [...before, renewed, ...later];
  return [...before, renewed, ...moved(pushedOut(page.photos, ids), cursor, page.next, later)];
}

/** The pages behind one that now ends at `cursor` and ended at `end`; `pushed` are the photos that it has no room for. */
function moved(pushed, cursor, end, [next, ...others]) {
  if (!next || pushed.length + next.photos.length > PAGE_SIZE) {
    const between = pushed.length || !next ? [doubtful(cursor, end, pushed)] : [];
    return [...between, ...(next ? [next] : []), ...others];
  }
  return [doubtful(cursor, next.next, [...pushed, ...next.photos]), ...others];
}

// At the end of the list there may be more photos than were there before.
const doubtful = (after, next, photos) => ({
  after,
  limit: next && photos.length ? photos.length : PAGE_SIZE,
  next,
  etag: null,
  photos,
});

/** Photos of the page's former content that are older than all that it shares with its present one. */
function pushedOut(former, ids) {
  return former.slice(former.findLastIndex(({ id }) => ids.has(id)) + 1);
}

const idsOf = (photos) => new Set(photos.map(({ id }) => id));

function without(pages, ids) {
  return pages.map((page) => {
    const photos = page.photos.filter(({ id }) => !ids.has(id));
    return photos.length === page.photos.length ? page : { ...page, photos, etag: null };
  });
}
