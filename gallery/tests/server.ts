import type { Photo, PhotoPage } from "../core/photo";
import type { PhotoSource } from "../core/photo-list";

/** A photo of this id, at this time; the greater its time, the newer it is. */
export const photo = (id: string, time = 0, changes: Partial<Photo> = {}): Photo => ({
  id,
  key: `${id}.jpg`,
  state: "ready",
  reason: null,
  format: "jpeg",
  bytes: 1000,
  width: 300,
  height: 200,
  placeholder: null,
  taken: null,
  uploaded: null,
  updated: String(time).padStart(12, "0"),
  caption: null,
  favourite: false,
  albums: [],
  terms: {},
  metadata: {},
  renditions: [],
  ...changes,
});

/** A random generator of numbers from 0 up to 1, which gives the same ones for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** The library's API, with photos that change while it is asked. */
export class Server implements PhotoSource {
  photos_: { place: string; photo: Photo }[] = [];
  answered: ("page" | "unchanged")[] = [];
  private number = 0;

  constructor(private readonly next: () => number) {}

  add(place = this.place(), id = `p${this.number}`): void {
    this.number += 1;
    this.photos_.push({ place: `${place}#${id}`, photo: photo(id, this.number) });
    this.sort();
  }

  remove(at: number, count: number): void {
    this.photos_.splice(at, count);
  }

  /** Change a photo, or give it another date. */
  change(at: number, move: boolean): void {
    const entry = this.photos_[at];
    if (!entry) return;
    this.number += 1;
    entry.photo = photo(entry.photo.id, this.number);
    if (move) entry.place = `${this.place()}#${entry.photo.id}`;
    this.sort();
  }

  /** A random time. */
  place(): string {
    return String(Math.floor(this.next() * 100_000)).padStart(6, "0");
  }

  /** A time that is newer than all before. */
  newest(): string {
    return String(200_000 + this.number);
  }

  async photos(query: Readonly<Record<string, string>>, etag: string | null = null): Promise<PhotoPage | null> {
    await pause(this.next());
    const page = this.page(Number(query.limit), query.cursor);
    this.answered.push(page.etag === etag ? "unchanged" : "page");
    await pause(this.next());
    return page.etag === etag ? null : page;
  }

  private page(limit: number, cursor: string | undefined): PhotoPage {
    const found = this.photos_.filter(({ place }) => !cursor || place < cursor).slice(0, limit);
    const next = found.length === limit ? (found.at(-1)?.place ?? null) : null;
    const photos = found.map((entry) => ({ ...entry.photo }));
    return { photos, cursor: next, etag: JSON.stringify([photos, next]) };
  }

  private sort(): void {
    this.photos_.sort((left, right) => (left.place < right.place ? 1 : -1));
  }
}

export const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
