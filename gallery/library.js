import { PhotoList } from "./photo-list.js";

/** What the page shows: the photos of the whole library or of one list, and the files that cannot be shown. */
export class Library extends EventTarget {
  /** `list` is {term, value}, or null for the whole library. */
  constructor(api, list = null) {
    super();
    this.api = api;
    this.list = new PhotoList(api, list ? { [list.term]: list.value } : { shelf: "library" });
    this.failures = new PhotoList(api, { shelf: "failed" });
    for (const part of [this.list, this.failures]) {
      part.addEventListener("change", () => this.dispatchEvent(new Event("change")));
    }
  }

  get photos() {
    return this.list.photos;
  }

  get failed() {
    return this.failures.photos;
  }

  get loadedAll() {
    return this.list.loadedAll;
  }

  /** Load the next page of photos, where there is one. Throws ApiError. */
  more() {
    return this.list.more();
  }

  /** Ask the library what is new, changed or gone; gives whether there was anything. Throws ApiError. */
  async refresh() {
    const changed = await this.list.refresh();
    return (await this.failures.refresh()) || changed;
  }

  /** Move a photo to the trash. */
  async delete(photo) {
    await this.api.delete(photo.id);
    this.list.remove(photo);
  }

  /** Process a photo again. */
  reprocess(photo) {
    return this.api.reprocess(photo.id);
  }

  /** Write about a photo; gives it as it is then. */
  async write(photo, words) {
    const written = await this.api.write(photo.id, words);
    this.list.update(written);
    return written;
  }

  /** The names of the albums that there are. */
  async albums() {
    return (await this.api.values("album")).values;
  }

  /** The photo as it is now: with its history, its related photos, and new addresses of its renditions. */
  fetchPhoto({ id }) {
    return this.api.photo(id);
  }
}
