import { appended, firstPage, PAGE_SIZE, replaced } from "./pages.js";

// Of the pages behind the first, this many are compared with the library at each look, in turn.
const COMPARED_PAGES = 2;
// And this many whose content is in doubt are loaded again.
const MOST_RELOADED = 5;

/** The photos of one list that have been loaded so far, newest first; sends "change" when these are others. */
export class PhotoList extends EventTarget {
  /** `query` chooses the list, as the API's parameters. */
  constructor(api, query) {
    super();
    this.api = api;
    this.query = query;
    this.pages = [];
    this.photos = [];
    this.turn = 0;
  }

  get loadedAll() {
    return this.pages.length > 0 && this.pages.at(-1).next === null;
  }

  /** Load the next page, where there is one. Calls at the same time share one request. Throws ApiError. */
  more() {
    if (this.loadedAll) return Promise.resolve();
    this.loading ??= this.#append().finally(() => (this.loading = null));
    return this.loading;
  }

  /** Ask the library what is new, changed or gone; gives whether there was anything. Throws ApiError. */
  async refresh() {
    if (!this.pages.length) return this.more().then(() => true);
    let changed = false;
    for (const page of this.#due()) changed = (await this.#reload(page)) || changed;
    return changed;
  }

  /** Take a photo out of the list, which was deleted. */
  remove({ id }) {
    this.#keep(this.pages.map((page) => ({ ...page, photos: page.photos.filter((photo) => photo.id !== id) })));
  }

  /** Put a photo in its own place, as it is now. */
  update(changed) {
    const photos = (page) => page.photos.map((photo) => (photo.id === changed.id ? changed : photo));
    this.#keep(this.pages.map((page) => ({ ...page, photos: photos(page) })));
  }

  async #append() {
    for (;;) {
      const after = this.#end();
      const found = await this.#fetch({ ...firstPage(), after });
      // A look for changes may have moved the end of the list meanwhile: the page then begins elsewhere.
      if (after !== this.#end()) continue;
      const page = { ...firstPage(), after, next: found.cursor, etag: found.etag, photos: found.photos };
      return this.#keep(appended(this.pages, page));
    }
  }

  #end() {
    return this.pages.at(-1)?.next ?? null;
  }

  /** Load a page again; gives whether it is another now. */
  async #reload(page) {
    const found = await this.#fetch(page);
    const at = this.pages.indexOf(page);
    if (!found || at < 0) return false;
    return this.#keep(replaced(this.pages, at, found));
  }

  #fetch({ after, limit, etag }) {
    return this.api.photos({ ...this.query, limit, ...(after && { cursor: after }) }, etag);
  }

  #due() {
    const [first, ...others] = this.pages;
    const doubtful = others.filter(({ etag }) => !etag).slice(0, MOST_RELOADED);
    const certain = others.filter(({ etag }) => etag);
    const compared = certain.length ? [this.turn, this.turn + 1].map((at) => certain[at % certain.length]) : [];
    this.turn += COMPARED_PAGES;
    return [...new Set([first, ...doubtful, ...compared])];
  }

  #keep(pages) {
    const known = new Map(this.photos.map((photo) => [photo.id, photo]));
    this.pages = pages.map((page) => withKnown(page, known));
    const photos = this.pages.flatMap((page) => page.photos);
    const changed = photos.length !== this.photos.length || photos.some((photo, at) => photo !== this.photos[at]);
    this.photos = photos;
    if (changed) this.dispatchEvent(new Event("change"));
    return changed;
  }
}

/** The page, in which each photo that has not changed is the same object as before. */
function withKnown(page, known) {
  const photos = page.photos.map((photo) => newer(known.get(photo.id), photo));
  return photos.every((photo, at) => photo === page.photos[at]) ? page : { ...page, photos };
}

function newer(before, photo) {
  // A list may be a moment behind what was just written.
  if (!before || before === photo) return photo;
  if (before.updated > photo.updated) return before;
  if (content(before) !== content(photo)) return photo;
  before.renditions = photo.renditions; // their addresses are good for longer
  return before;
}

const content = ({ renditions, ...photo }) => JSON.stringify([photo, renditions.map(({ url, ...size }) => size)]);
