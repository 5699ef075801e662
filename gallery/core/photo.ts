/* The API's answers, as far as the page reads them. */

export interface Rendition {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly url: string;
}

export interface Metadata {
  readonly title?: string | null;
  readonly caption?: string | null;
  readonly exposure?: string | null;
  readonly aperture?: number | null;
  readonly iso?: number | null;
  readonly focal_length?: number | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly artist?: string | null;
  readonly copyright?: string | null;
  readonly quarter?: string | null;
  readonly people?: readonly string[];
}

export interface Photo {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly reason: string | null;
  readonly format: string | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly placeholder: string | null;
  readonly taken: string | null;
  /** The code of the date's source, such as "exif.digitized". */
  readonly taken_source?: string | null;
  /** How much of the date is known: "year", "month", "day"; anything else stands for the whole time. */
  readonly taken_precision?: string | null;
  readonly uploaded: string | null;
  readonly updated: string;
  readonly caption: string | null;
  readonly favourite: boolean;
  readonly albums: readonly string[];
  readonly terms: Readonly<Record<string, readonly string[]>>;
  readonly metadata: Metadata;
  /** The largest first. Their addresses expire, so that a list may renew them. */
  renditions: readonly Rendition[];
}

/** One event in a photo's history. `detail` is a code for the event "dated", else a text. */
export interface HistoryEntry {
  readonly when: string;
  readonly what: string;
  readonly detail: string | null;
}

export interface RelatedPhoto {
  readonly id: string;
  readonly key: string;
  readonly thumbnail: string | null;
}

/** A photo with everything that the API knows of it. */
export interface FullPhoto extends Photo {
  readonly ledger: readonly HistoryEntry[];
  readonly duplicates: readonly RelatedPhoto[];
  readonly near_duplicates: readonly RelatedPhoto[];
  readonly stack: { readonly others: readonly RelatedPhoto[] } | null;
}

/** The owner's annotations of a photo; null as a caption shows the file's own. */
export interface Annotations {
  readonly caption?: string | null;
  readonly favourite?: boolean;
  readonly albums?: readonly string[];
}

/** A page of a list, with the validator to ask by whether it has changed. */
export interface PhotoPage {
  readonly photos: readonly Photo[];
  readonly cursor: string | null;
  readonly etag: string | null;
}

export interface FacetPage {
  readonly values: readonly string[];
  readonly cursor: string | null;
}
