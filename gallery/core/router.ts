import type { Filter } from "./facets";

const PHOTO = "#photo=";

/** A view of the page: its name, the filter of its list, and the photo that is open over it. */
export interface Route {
  readonly view: "photos" | "browse" | "failed";
  readonly filter: Filter | null;
  readonly photo: string | null;
}

/** Read the route of an address. Of several facets the first counts. */
export function parseRoute(url: URL, facets: readonly string[]): Route {
  const facet = facets.find((name) => url.searchParams.get(name));
  return {
    view: url.searchParams.has("browse") ? "browse" : url.searchParams.has("failed") ? "failed" : "photos",
    filter: facet ? { facet, value: url.searchParams.get(facet) ?? "" } : null,
    photo: url.hash.startsWith(PHOTO) ? url.hash.slice(PHOTO.length) : null,
  };
}

/** The page's address and its history. Links within the page change the route without loading the page again. */
export class Router extends EventTarget {
  constructor(private readonly facets: readonly string[]) {
    super();
    addEventListener("popstate", () => this.changed());
    document.addEventListener("click", (event) => this.follow(event));
  }

  /** The route of the present address. */
  get route(): Route {
    return parseRoute(new URL(location.href), this.facets);
  }

  /** Go to an address within the page, as a step that the back button takes back. */
  go(address: string): void {
    history.pushState(null, "", address);
    scrollTo(0, 0);
    this.changed();
  }

  /** Open a photo, as such a step, or in the place of the one that is open. */
  openPhoto(id: string, replace = false): void {
    if (replace) history.replaceState(null, "", PHOTO + id);
    else history.pushState(null, "", PHOTO + id);
    this.changed();
  }

  /** Close the open photo. */
  closePhoto(): void {
    if (!location.hash) return;
    history.replaceState(null, "", location.pathname + location.search);
    this.changed();
  }

  private follow(event: MouseEvent): void {
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || modified || event.defaultPrevented) return;
    if (link.origin !== location.origin || link.pathname !== "/") return;
    event.preventDefault();
    this.go(link.href);
  }

  private changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}
