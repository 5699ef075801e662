import { html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { PageElement } from "../core/element";
import * as format from "../core/format";
import type { FullPhoto } from "../core/photo";
import { historySection } from "./history";
import { related } from "./related";

/** The related photos and the history of a photo, which are loaded when they are shown. */
export class PhotoBackground extends PageElement {
  @property({ attribute: false }) accessor photoId = "";
  @property({ attribute: false }) accessor load: ((id: string) => Promise<FullPhoto>) | null = null;
  @property({ attribute: false }) accessor open: (id: string) => void = () => {};
  @state() private accessor photo: FullPhoto | null = null;
  @state() private accessor failure: unknown = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("photoId")) this.reload();
  }

  protected override render() {
    if (this.failure) {
      return html`<p role="alert">
        Related photos and history could not be loaded. ${format.fault(this.failure)}
        <button type="button" @click=${this.reload}>Try again</button>
      </p>`;
    }
    if (!this.photo) return nothing;
    return [related(this.photo, this.open), historySection(this.photo.ledger)];
  }

  private async reload(): Promise<void> {
    const { photoId: id } = this;
    this.photo = null;
    this.failure = null;
    try {
      const photo = await this.load?.(id);
      if (id === this.photoId) this.photo = photo ?? null;
    } catch (error) {
      if (id === this.photoId) this.failure = error;
    }
  }
}

customElements.define("photo-background", PhotoBackground);
