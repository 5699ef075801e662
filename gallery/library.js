const PAGE = 200;
// How much of what is shown is asked for again when looking for changes: this many pages, the newest first.
const WATCHED_PAGES = 5;

/** The photos that have been loaded so far, of the whole library or of one list, newest first, and the failed ones. */
export class Library extends EventTarget {
  constructor(api, list = null) {
    super();
    this.api = api;
    this.list = list;
    this.photos = [];
    this.failed = [];
    this.cursor = null;
    this.loadedAll = false;
  }

  /** Load the next page, where there is one. Calls at the same time share one request. */
  more() {
    if (this.loadedAll) return Promise.resolve();
    this.loading ??= this.api
      .photos({ list: this.list, cursor: this.cursor, limit: PAGE })
      .then((page) => {
        this.cursor = page.cursor;
        this.loadedAll = !page.cursor;
        this.#show([...this.photos, ...page.photos]);
      })
      .finally(() => (this.loading = null));
    return this.loading;
  }

  /** Look for what is new, changed or gone; tells whether there was anything. */
  async refresh() {
    if (this.loading) return false;
    const before = this.#fingerprint();
    const newest = [];
    let cursor = null;
    for (let page = 0; page < WATCHED_PAGES; page += 1) {
      const found = await this.api.photos({ list: this.list, cursor, limit: PAGE });
      newest.push(...found.photos);
      cursor = found.cursor;
      if (!cursor || newest.length >= this.photos.length) break;
    }
    const rest = cursor ? this.photos.slice(newest.length) : [];
    if (this.photos.length <= newest.length) [this.cursor, this.loadedAll] = [cursor, !cursor];
    this.failed = (await this.api.photos({ shelf: "failed", limit: PAGE })).photos;
    this.#show([...newest, ...rest]);
    return before !== this.#fingerprint();
  }

  /** Put a photo into the trash. */
  async delete(photo) {
    await this.api.delete(photo.id);
    this.#show(this.photos.filter(({ id }) => id !== photo.id));
  }

  /** Have a photo taken in again. */
  reprocess(photo) {
    return this.api.reprocess(photo.id);
  }

  /** Write about a photo; gives it as it is then. */
  async write(photo, words) {
    const written = await this.api.write(photo.id, words);
    this.#show(this.photos.map((known) => (known.id === photo.id ? written : known)));
    return written;
  }

  /** The names of the albums that there are. */
  async albums() {
    return (await this.api.values("album")).values;
  }

  /** The photo as it is now: with what happened to it, what belongs to it, and new addresses of its renditions. */
  renewed(photo) {
    return this.api.photo(photo.id);
  }

  #show(photos) {
    const known = new Map(this.photos.map((photo) => [photo.id, photo]));
    const seen = new Set();
    // A photo that has not changed stays the same object: its signed addresses differ on each call, its image does not.
    // A list may be a moment behind what was just written.
    this.photos = photos
      .filter(({ id }) => !seen.has(id) && seen.add(id))
      .map((photo) => (known.get(photo.id)?.updated >= photo.updated ? known.get(photo.id) : photo));
    this.dispatchEvent(new Event("change"));
  }

  #fingerprint() {
    return [...this.photos, ...this.failed].map(({ id, updated }) => `${id} ${updated}`).join();
  }
}
