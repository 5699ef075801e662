import { html, type TemplateResult } from "lit";
import * as format from "../core/format";
import type { HistoryEntry } from "../core/photo";

// Events by their codes.
const EVENTS: Readonly<Record<string, string>> = {
  received: "Received",
  dated: "Date",
  rendered: "Sizes created",
  labelled: "Labelled",
  unlabelled: "No labels yet",
  retried: "Tried again",
  deleted: "Moved to the trash",
  failed: "Failed",
  partial: "Incomplete",
  unsupported: "Not supported",
  skipped: "Skipped",
};

const NO_DATE = "No date in the file; upload time used";
// The sources of a photo's date, by their codes.
const SOURCES: Readonly<Record<string, string>> = {
  exif: "from EXIF",
  "exif.original": "from EXIF",
  "exif.digitized": "from EXIF (date digitized)",
  "exif.modified": "from EXIF (date modified)",
  gps: "from GPS",
  xmp: "from XMP",
  "xmp.created": "from XMP (date created)",
  iptc: "from IPTC",
  png: "from the creation time in the PNG",
  quicktime: "from the creation time in the container",
  name: "from the file name",
  folder: "from the folder name",
  upload: NO_DATE,
  uploaded: NO_DATE,
};

/** An entry in words; a code that is not known here is shown as it is. */
export function entryText({ what, detail }: HistoryEntry): string {
  const text = what === "dated" ? (SOURCES[detail ?? ""] ?? detail) : detail;
  return [EVENTS[what] ?? what, text].filter(Boolean).join(": ");
}

/** The history of a photo, the oldest entry first. */
export function historySection(entries: readonly HistoryEntry[]): TemplateResult {
  return html`<section class="history">
    <h3>History</h3>
    <ol>
      ${entries.map(
        (entry) =>
          html`<li>
            <time datetime=${entry.when}>${format.instant(entry.when)}</time><span>${entryText(entry)}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
