/* Values of a photo as text. Absent values give null, and are not shown. */

import type { Metadata, Photo } from "./photo";

const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
// How many characters of YYYY-MM-DD are known, by the precision of a date.
const KNOWN_CHARACTERS: Readonly<Record<string, number>> = { year: 4, month: 7 };
const WITHOUT_TIME = ["year", "month", "day"];
const UPLOAD_SOURCES = ["upload", "uploaded"];
const UNITS = ["B", "KB", "MB", "GB", "TB"];
const STATES: Readonly<Record<string, string>> = {
  partial: "Incomplete",
  flagged: "Flagged",
  failed: "Failed",
  unsupported: "Not supported",
};
const MOST_LABELS = 3;

/**
 * The day that a photo is shown under, on the clock of the place where it was taken: YYYY-MM-DD, YYYY-MM or YYYY where
 * no more is known, or nothing.
 */
export function dayOf(photo: Photo): string {
  const characters = KNOWN_CHARACTERS[photo.taken_precision ?? ""] ?? 10;
  return (photo.taken ?? photo.uploaded ?? "").slice(0, characters);
}

/** A day, a month or a year in words, given as YYYY-MM-DD, YYYY-MM or YYYY. */
export function day(iso: string): string {
  if (!iso) return "No date";
  if (iso.length === 4) return iso;
  return iso.length === 7 ? MONTH.format(new Date(`${iso}-01T00:00:00Z`)) : DAY.format(new Date(`${iso}T00:00:00Z`));
}

/** The time when a photo was taken, as its camera wrote it and as precisely as it is known. */
export function taken(photo: Photo): string | null {
  if (UPLOAD_SOURCES.includes(photo.taken_source ?? "")) return "No date in the file; upload time used";
  if (!photo.taken) return null;
  if (WITHOUT_TIME.includes(photo.taken_precision ?? "")) return day(dayOf(photo));
  const offset = photo.taken.slice(19).replace(/^\.\d+/, " ");
  return `${day(dayOf(photo))}, ${photo.taken.slice(11, 16)}${offset}`.trim();
}

/** A time on this machine's clock. */
export const instant = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The photo's file name. */
export const fileName = ({ key }: { readonly key: string }): string => key.split("/").at(-1) ?? key;

/** The file's path: below the originals, or in the inbox, which lies beside them. */
export const path = ({ key }: { readonly key: string }): string => key.replace(/^\.\.\//, "");

/** A state in words. */
export const state = (photo: Photo): string => STATES[photo.state] ?? photo.state;

/** A photo's name for a screen reader: its caption, title, labels or file name, then its day and its marks. */
export function label(photo: Photo): string {
  const labels = photo.terms.label?.slice(0, MOST_LABELS).join(", ");
  const subject = photo.caption || photo.metadata.title || (labels && `Photo of ${labels}`) || fileName(photo);
  const marks = [photo.favourite && "favourite", photo.state !== "ready" && state(photo).toLowerCase()];
  return [subject, photo.taken && day(dayOf(photo)), ...marks].filter(Boolean).join(", ");
}

/** "1 photo", "2 photos". */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** A number of bytes, to three digits. */
export function bytes(number: number | null): string | null {
  if (number === null) return null;
  const power = Math.min(UNITS.length - 1, number ? Math.floor(Math.log10(number) / 3) : 0);
  return `${Number((number / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}

/** Width and height in pixels, and their product. */
export const size = ({ width, height }: Photo): string | null =>
  width && height ? `${width} × ${height}, ${((width * height) / 1e6).toFixed(1)} megapixels` : null;

/** Exposure time, aperture, sensitivity and focal length. */
export const exposure = ({ exposure: time, aperture, iso, focal_length: length }: Metadata): string | null =>
  [time && `${time} s`, aperture && `f/${aperture}`, iso && `ISO ${iso}`, length && `${length} mm`]
    .filter(Boolean)
    .join("  ·  ") || null;

/** Coordinates in degrees. */
export function coordinates({ latitude, longitude }: Metadata): string | null {
  if (latitude == null || longitude == null) return null;
  const degrees = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`;
  return `${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}`;
}

/** An error in words: of the network by its kind, all others by their own message. */
export function fault(error: unknown): string {
  if (error instanceof TypeError) return "The library cannot be reached. Check the connection.";
  return error instanceof Error ? error.message : "Something went wrong. Try again.";
}
