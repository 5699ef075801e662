import { element } from "./dom.js";
import * as format from "./format.js";

// Events in words; others are shown by their own names.
const WORDS = {
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

// The sources of a photo's date, in words.
const DATED_BY = {
  "by exif": "from EXIF",
  "by exif digitized": "from EXIF (date digitized)",
  "by exif modified": "from EXIF (date modified)",
  "by gps": "from GPS",
  "by xmp": "from XMP",
  "by xmp created": "from XMP (date created)",
  "by iptc": "from IPTC",
  "by name": "from the file name",
  "by folder": "from the folder name",
  "by uploaded": "no date in the file; upload time used",
};

/** What happened to a photo and when, the oldest first. */
export function history(ledger) {
  const entries = ledger.map(({ when, what, detail }) =>
    element(
      "li",
      {},
      element("time", { dateTime: when, textContent: format.instant(when) }),
      element("span", { textContent: [WORDS[what] ?? what, DATED_BY[detail] ?? detail].filter(Boolean).join(": ") }),
    ),
  );
  return element("section", { className: "history" }, element("h3", { textContent: "History" }), element("ol", {}, ...entries));
}
