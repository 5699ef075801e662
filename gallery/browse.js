/* The ways into the library: the values of each term, as links to their lists. */

import { element } from "./dom.js";
import * as format from "./format.js";
import { address, title, worded } from "./lists.js";

const TERMS = ["album", "country", "city", "camera", "keyword", "rating", "on"];

/** Whether the page's address asks for the ways into the library. */
export const isBrowsing = () => new URLSearchParams(location.search).has("browse");

/** All ways into the library; a term that no photo has is not shown. */
export function browsed(api) {
  const today = new Date();
  const day = [today.getMonth() + 1, today.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
  return element(
    "section",
    { className: "browse" },
    element("h1", { textContent: "Browse" }),
    element("p", {}, element("a", { href: address("on", day), textContent: "On this day" })),
    ...TERMS.map((term) => values(api, term)),
  );
}

function values(api, term) {
  const list = element("ul");
  const more = element("button", { type: "button", textContent: "Show more" });
  const notice = element("p", { role: "alert", hidden: true });
  const heading = element("h2", { textContent: title(term) });
  const section = element("section", { hidden: true }, heading, list, notice, more);
  let cursor = null;
  const load = async () => {
    const page = await api.values(term, cursor);
    list.append(...page.values.map((value) => entry(term, value)));
    cursor = page.cursor;
    more.textContent = "Show more";
    more.hidden = !cursor;
    section.hidden = !list.children.length;
  };
  const show = async () => {
    notice.hidden = true;
    await load().catch((error) => {
      notice.textContent = `This list could not be loaded. ${format.fault(error)}`;
      more.textContent = "Try again";
      more.hidden = notice.hidden = section.hidden = false;
    });
  };
  more.addEventListener("click", show);
  show();
  return section;
}

const entry = (term, value) =>
  element("li", {}, element("a", { href: address(term, value), textContent: worded(term, value) }));
