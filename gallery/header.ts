import { html, type TemplateResult } from "lit";
import { filterName, filterUrl } from "./core/facets";
import * as format from "./core/format";
import type { Route } from "./core/router";
import type { Store } from "./core/store";

/** The bar at the top: the name of the list, the ways to others, the files that cannot be shown, and sign out. */
export function header({ filter, failed }: Store, { view }: Route, signOut: () => void): TemplateResult {
  const files = format.count(failed.photos.length, "file");
  const filtered = filter && view === "photos";
  return html`<header id="bar">
    <a class="brand" href="/">Safelight</a>
    <p id="list" ?hidden=${!filtered}>
      <span>${filtered ? filterName(filter) : ""}</span> <a href="/">Show all photos</a>
    </p>
    <nav aria-label="Library">
      <a href=${filterUrl("favourite", "true")}>Favourites</a>
      <a href="/?browse">Browse</a>
    </nav>
    <a id="failed-notice" class="button notice" href="/?failed" ?hidden=${!failed.photos.length}
      >${failed.complete ? "" : "More than "}${files} cannot be shown</a
    >
    <button id="sign-out" type="button" @click=${signOut}>Sign out</button>
  </header>`;
}
