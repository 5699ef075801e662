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

/** What happened to a photo and when, the oldest first. */
export function history(ledger) {
  const entries = ledger.map(({ when, what, detail }) =>
    element(
      "li",
      {},
      element("time", { dateTime: when, textContent: format.instant(when) }),
      element("span", { textContent: [WORDS[what] ?? what, detail].filter(Boolean).join(": ") }),
    ),
  );
  return element("section", { className: "history" }, element("h3", { textContent: "History" }), element("ol", {}, ...entries));
}
