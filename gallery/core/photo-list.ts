import { appended, type Page, replaced } from "./pages";
import type { Photo, PhotoPage } from "./photo";

// Of the pages behind the first, this many are compared with the library in each refresh, in turn.
const COMPARED_PAGES = 2;
// And this many pages whose content is in doubt are loaded again.
const MOST_RELOADED = 5;

/** The part of the API that lists need. */
export interface PhotoSource {
  photos(parameters: Readonly<Record<string, string>>, etag?: string | null): Promise<PhotoPage | null>;
}

/** The loaded photos of one list, newest first; sends "change" when these are others. */
export class PhotoList extends EventTarget {
  photos: readonly Photo[] = [];
  private pages: readonly Page[] = [];
  private turn = 0;
  private loading: Promise<void> | null = null;

  /** `query` chooses the list, as the API's parameters; `size` is the number of photos of a page. */
  constructor(
    private readonly source: PhotoSource,
    private readonly query: Readonly<Record<string, string>>,
    private readonly size: number,
  ) {
    super();
  }

  /** Whether the first page is there. */
  get started(): boolean {
    return this.pages.length > 0;
  }

  /** Whether there is nothing more to load. */
  get complete(): boolean {
    return this.started && this.end() === null;
  }

  /** Load the next page, where there is one. Calls at the same time share one request. Throws ApiError. */
  more(): Promise<void> {
    if (this.complete) return Promise.resolve();
    this.loading ??= this.append().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  /** Ask the library for new, changed and removed photos; gives whether there were any. Throws ApiError. */
  async refresh(): Promise<boolean> {
    if (!this.started) return this.more().then(() => true);
    let changed = false;
    for (const page of this.due()) changed = (await this.reload(page)) || changed;
    return changed;
  }

  /** Take a deleted photo out of the list. */
  remove(id: string): void {
    this.keep(this.pages.map((page) => ({ ...page, photos: page.photos.filter((photo) => photo.id !== id) })));
  }

  /** Put a changed photo in its own place. */
  update(changed: Photo): void {
    const photos = (page: Page) => page.photos.map((photo) => (photo.id === changed.id ? changed : photo));
    this.keep(this.pages.map((page) => ({ ...page, photos: photos(page) })));
  }

  private async append(): Promise<void> {
    const after = this.end();
    const answer = await this.fetch(after, this.size, null);
    if (!answer) return; // without an ETag there is always an answer
    const { cursor: next, etag, photos } = answer;
    // A refresh may have moved the end of the list meanwhile: a photo that is in two pages then stays in the later one.
    this.keep(appended(this.pages, { after, limit: this.size, next, etag, photos }));
  }

  private end(): string | null {
    return this.pages.at(-1)?.next ?? null;
  }

  /** Load a page again; gives whether the list has changed. */
  private async reload(page: Page): Promise<boolean> {
    const answer = await this.fetch(page.after, page.limit, page.etag);
    const at = this.pages.indexOf(page);
    if (!answer || at < 0) return false;
    return this.keep(replaced(this.pages, at, answer, this.size));
  }

  private fetch(after: string | null, limit: number, etag: string | null): Promise<PhotoPage | null> {
    return this.source.photos({ ...this.query, limit: String(limit), ...(after && { cursor: after }) }, etag);
  }

  /** The pages to compare now: the first, those in doubt, and some of the others. */
  private due(): ReadonlySet<Page> {
    const [first, ...others] = this.pages;
    const doubtful = others.filter(({ etag }) => !etag).slice(0, MOST_RELOADED);
    const certain = others.filter(({ etag }) => etag);
    const turns = Array.from({ length: Math.min(COMPARED_PAGES, certain.length) }, (_, at) => this.turn + at);
    this.turn += COMPARED_PAGES;
    const compared = turns.map((turn) => certain[turn % certain.length]);
    return new Set([first, ...doubtful, ...compared].filter((page) => page !== undefined));
  }

  private keep(pages: readonly Page[]): boolean {
    const known = new Map(this.photos.map((photo) => [photo.id, photo]));
    const begun = !this.started;
    this.pages = pages.map((page) => withKnown(page, known));
    const photos = this.pages.flatMap((page) => page.photos);
    // That a list has no photos is news too.
    const changed =
      begun || photos.length !== this.photos.length || photos.some((photo, at) => photo !== this.photos[at]);
    this.photos = photos;
    if (changed) this.dispatchEvent(new Event("change"));
    return changed;
  }
}

/** The page, in which every photo that has not changed is the same object as before. */
function withKnown(page: Page, known: ReadonlyMap<string, Photo>): Page {
  const photos = page.photos.map((photo) => newer(known.get(photo.id), photo));
  return photos.every((photo, at) => photo === page.photos[at]) ? page : { ...page, photos };
}

function newer(before: Photo | undefined, photo: Photo): Photo {
  if (!before || before === photo) return photo;
  // A list may be a moment behind a change that was just written.
  if (before.updated > photo.updated) return before;
  if (content(before) !== content(photo)) return photo;
  before.renditions = photo.renditions; // their addresses are valid for longer
  return before;
}

const content = ({ renditions, ...photo }: Photo) =>
  JSON.stringify([photo, renditions.map(({ name, width, height }) => [name, width, height])]);
