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
  "by exif.original": "from EXIF",
  "by exif.digitized": "from EXIF, time of digitizing",
  "by exif.modified": "from EXIF, time of the last change",
  "by gps": "from GPS",
  "by xmp": "from XMP",
  "by xmp.created": "from XMP, time of digitizing",
  "by iptc": "from IPTC",
  "by png": "from the PNG's creation time",
  "by quicktime": "from the container's creation time",
  "by name": "from the file's name",
  "by folder": "from the folder's name",
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
