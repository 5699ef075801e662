import { element } from "./dom.js";
import * as format from "./format.js";

// What happened, in words; what is not here is said as it is.
const WORDS = {
  received: "Received",
  dated: "Dated",
  rendered: "Sizes made",
  labelled: "Labelled",
  unlabelled: "No labels yet",
  retried: "Tried again",
  deleted: "Put into the trash",
  failed: "Failed",
  partial: "Shown in part",
  unsupported: "Not shown",
  skipped: "Passed over",
};

// What a photo's date was read off, in words.
const DATED_BY = {
  "by exif": "by EXIF",
  "by exif digitized": "by EXIF, as digitized",
  "by exif modified": "by EXIF, as last changed",
  "by gps": "by the satellites",
  "by xmp": "by XMP",
  "by xmp created": "by XMP, as created",
  "by iptc": "by IPTC",
  "by name": "by the file's name",
  "by folder": "by its folder",
  "by uploaded": "by its upload, for want of another",
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
