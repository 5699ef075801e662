import { html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import type { Api } from "../core/api";
import { PageElement } from "../core/element";
import { facetName, filterUrl, valueName } from "../core/facets";
import * as format from "../core/format";

/** The values of a facet, as links to their photos. A facet that no photo has is not shown. */
export class FacetValues extends PageElement {
  @property({ attribute: false }) accessor facet = "";
  @property({ attribute: false }) accessor api: Api | null = null;
  @property({ attribute: false }) accessor size = 0;
  @state() private accessor values: readonly string[] = [];
  @state() private accessor cursor: string | null = null;
  @state() private accessor failure: unknown = null;

  protected override firstUpdated(): void {
    this.load();
  }

  protected override render() {
    if (!this.values.length && !this.failure) return nothing;
    const name = facetName(this.facet);
    return html`<section aria-label=${name}>
      <h2>${name}</h2>
      <ul>
        ${this.values.map(
          (value) => html`<li><a href=${filterUrl(this.facet, value)}>${valueName(this.facet, value)}</a></li>`,
        )}
      </ul>
      ${this.failure ? html`<p role="alert">This list could not be loaded. ${format.fault(this.failure)}</p>` : nothing}
      ${
        this.failure || this.cursor
          ? html`<button type="button" @click=${this.load}>${this.failure ? "Try again" : "Show more"}</button>`
          : nothing
      }
    </section>`;
  }

  private async load(): Promise<void> {
    this.failure = null;
    try {
      const page = await this.api?.facetValues(this.facet, this.cursor, this.size);
      this.values = [...this.values, ...(page?.values ?? [])];
      this.cursor = page?.cursor ?? null;
    } catch (error) {
      this.failure = error;
    }
  }
}

customElements.define("facet-values", FacetValues);
