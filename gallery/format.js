/* What is known of a photo, as a person reads it. Absent values give null, and are not shown. */

const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** When a photo belongs to, on the clock of where it was taken: YYYY-MM-DDTHH:MM:SS. */
export const moment = (photo) => (photo.taken ?? photo.uploaded ?? "").slice(0, 19);

/** The day of a photo: YYYY-MM-DD. */
export const day = (photo) => moment(photo).slice(0, 10);

/** A day in words. */
export const dayInWords = (iso) => (iso ? DAY.format(new Date(`${iso}T00:00:00Z`)) : "Without a date");

/** The moment a photo was taken, as the camera wrote it. */
export const taken = (photo) =>
  photo.taken &&
  `${dayInWords(day(photo))}, ${photo.taken.slice(11, 16)}${photo.taken.slice(19).replace(/^\.\d+/, " ")}`.trim();

/** A moment on this machine's clock. */
export const instant = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The photo's file name. */
export const name = (photo) => photo.key.split("/").at(-1);

// The states of photos that are shown, other than ready.
const STATES = { partial: "Incomplete", flagged: "Flagged", failed: "Failed", unsupported: "Not supported" };
const MOST_LABELS = 3;

/** A state in words. */
export const state = (photo) => STATES[photo.state] ?? photo.state;

/** A photo for those who do not see it: its caption, title, labels or file name, then its day and its marks. */
export function label(photo) {
  const labels = photo.terms?.label?.slice(0, MOST_LABELS).join(", ");
  const subject = photo.caption || photo.metadata?.title || (labels && `Photo of ${labels}`) || name(photo);
  const marks = [photo.favourite && "favourite", photo.state !== "ready" && state(photo).toLowerCase()];
  return [subject, photo.taken && dayInWords(day(photo)), ...marks].filter(Boolean).join(", ");
}

/** An error in words: of the network by its kind, of the library by its own. */
export const fault = (error) =>
  error instanceof TypeError ? "The library cannot be reached. Check the connection." : error.message;

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
