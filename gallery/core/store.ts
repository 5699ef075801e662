import type { Api } from "./api";
import type { Config } from "./config";
import type { Filter } from "./facets";
import type { Annotations, FullPhoto, Photo } from "./photo";
import { PhotoList } from "./photo-list";

// A photo in an address is looked for in this many pages of its list, so that it has neighbours.
const SEARCHED_PAGES = 10;

/** The state of the library in this page; sends "change" when any of it changes. */
export class Store extends EventTarget {
  readonly failed: PhotoList;
  /** The list that is shown: the whole library, or the photos of a filter. */
  list: PhotoList;
  filter: Filter | null = null;
  /** Photos that were opened and need not be in the list, by their ids. */
  private readonly opened = new Map<string, Photo>();
  private readonly library: PhotoList;

  constructor(
    readonly api: Api,
    readonly config: Config,
  ) {
    super();
    this.failed = this.listOf({ shelf: "failed" });
    this.library = this.listOf({ shelf: "library" });
    this.list = this.library;
  }

  /** Show the list of a filter, or without one the whole library. */
  choose(filter: Filter | null): void {
    if (filter?.facet === this.filter?.facet && filter?.value === this.filter?.value) return;
    this.filter = filter;
    this.list = filter ? this.listOf({ [filter.facet]: filter.value }) : this.library;
    this.changed();
  }

  /** Ask the library for new, changed and removed photos; gives whether there were any. Throws ApiError. */
  async refresh(): Promise<boolean> {
    const changed = await this.list.refresh();
    return (await this.failed.refresh()) || changed;
  }

  /** The photo with this id, as far as it was loaded. */
  find(id: string): Photo | undefined {
    return this.list.photos.find((photo) => photo.id === id) ?? this.opened.get(id);
  }

  /** The photo `steps` further down the list than this one. */
  neighbour(id: string, steps: number): Photo | undefined {
    const at = this.list.photos.findIndex((photo) => photo.id === id);
    return at < 0 ? undefined : this.list.photos[at + steps];
  }

  /** Load a photo that is not in the list yet, then the pages before it. Throws ApiError. */
  async open(id: string): Promise<void> {
    if (this.find(id)) return;
    this.opened.set(id, await this.api.photo(id));
    this.changed();
    const { list } = this;
    for (let page = 0; page < SEARCHED_PAGES && !list.complete; page += 1) {
      if (list.photos.some((photo) => photo.id === id)) return;
      await list.more();
    }
  }

  /** Change a photo's annotations; gives the photo after the change. Throws ApiError. */
  async annotate(id: string, annotations: Annotations): Promise<Photo> {
    const photo = await this.api.annotate(id, annotations);
    if (this.opened.has(id)) this.opened.set(id, photo);
    for (const list of new Set([this.list, this.library])) list.update(photo);
    this.changed();
    return photo;
  }

  /** Move a photo to the trash. Throws ApiError. */
  async delete(id: string): Promise<void> {
    await this.api.delete(id);
    this.opened.delete(id);
    for (const list of new Set([this.list, this.library])) list.remove(id);
  }

  /** All details of a photo, with new addresses of its renditions. Throws ApiError. */
  details(id: string): Promise<FullPhoto> {
    return this.api.photo(id);
  }

  /** The names of the library's albums. Throws ApiError. */
  async albums(): Promise<readonly string[]> {
    return (await this.api.facetValues("album", null, this.config.limits.page)).values;
  }

  private listOf(query: Readonly<Record<string, string>>): PhotoList {
    const list = new PhotoList(this.api, query, this.config.limits.page);
    list.addEventListener("change", () => this.changed());
    return list;
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}
