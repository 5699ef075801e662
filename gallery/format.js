/* What is known of a photo, as a person reads it. Absent values give null, and are not shown. */

const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
// From a precision to how much of YYYY-MM-DD is known; the precisions without a time of day.
const LENGTHS = { year: 4, month: 7 };
const DATES = ["year", "month", "day"];
const NO_DATE = { upload: "No date in the file; upload time used" };
const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** When a photo belongs to, on the clock of where it was taken: YYYY-MM-DDTHH:MM:SS. */
export const moment = (photo) => (photo.taken ?? photo.uploaded ?? "").slice(0, 19);

/** The day of a photo: YYYY-MM-DD; YYYY-MM or YYYY where no more is known. */
export const day = (photo) => moment(photo).slice(0, LENGTHS[photo.taken_precision] ?? 10);

/** A day, a month or a year in words. */
export function dayInWords(iso) {
  if (!iso) return "Without a date";
  if (iso.length === 4) return iso;
  return iso.length === 7 ? MONTH.format(new Date(`${iso}-01T00:00:00Z`)) : DAY.format(new Date(`${iso}T00:00:00Z`));
}

/** The moment a photo was taken, as the camera wrote it and as precisely as it is known. */
export function taken(photo) {
  if (!photo.taken) return NO_DATE[photo.taken_source] ?? null;
  if (DATES.includes(photo.taken_precision)) return dayInWords(day(photo));
  return `${dayInWords(day(photo))}, ${photo.taken.slice(11, 16)}${photo.taken.slice(19).replace(/^\.\d+/, " ")}`.trim();
}

/** A moment on this machine's clock. */
export const instant = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The photo's file name. */
export const name = (photo) => photo.key.split("/").at(-1);

/** Where a file lies: below the originals, or in the inbox, beside them. */
export const where = ({ key }) => key.replace(/^\.\.\//, "");

/** A number of bytes, to three digits. */
export function bytes(count) {
  if (count === null || count === undefined) return null;
  const power = Math.min(UNITS.length - 1, count ? Math.floor(Math.log10(count) / 3) : 0);
  return `${Number((count / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}

/** Width and height, and their product. */
export const size = ({ width, height }) =>
  width && height && `${width} × ${height}, ${((width * height) / 1e6).toFixed(1)} megapixels`;

/** Exposure time, aperture, sensitivity and focal length. */
export const exposure = ({ exposure: time, aperture, iso, focal_length: length }) =>
  [time && `${time} s`, aperture && `f/${aperture}`, iso && `ISO ${iso}`, length && `${length} mm`]
    .filter(Boolean)
    .join("  ·  ") || null;

/** Coordinates in degrees. */
export function place({ latitude, longitude }) {
  if (latitude === null || longitude === null || latitude === undefined || longitude === undefined) return null;
  const side = (value, positive, negative) => `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`;
  return `${side(latitude, "N", "S")}, ${side(longitude, "E", "W")}`;
}
