import { html, type TemplateResult } from "lit";
import { filterUrl } from "../core/facets";
import type { Store } from "../core/store";
import "./facet-values";

// The facets that are worth a list of their values, the most useful first.
const BROWSED = ["album", "country", "city", "camera", "keyword", "rating", "on"];

/** The facets of the library, each with its values. */
export function browseView({ api, config }: Store): TemplateResult {
  const facets = BROWSED.filter((facet) => config.facets.includes(facet));
  return html`<section class="browse">
    <h1>Browse</h1>
    <p><a href=${filterUrl("on", monthAndDay(new Date()))}>On this day</a></p>
    ${facets.map(
      (facet) => html`<facet-values .facet=${facet} .api=${api} .size=${config.limits.page}></facet-values>`,
    )}
  </section>`;
}

/** A day of the year, as MM-DD. */
export const monthAndDay = (date: Date): string =>
  [date.getMonth() + 1, date.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
