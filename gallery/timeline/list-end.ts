import { html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { PageElement } from "../core/element";
import * as format from "../core/format";
import type { PhotoList } from "../core/photo-list";

// So far below the window, in pixels, the next page is loaded.
const AHEAD = "1500px";

/** The end of what is loaded of a list: it loads more while it is near the window, and names a failure. */
export class ListEnd extends PageElement {
  @property({ attribute: false }) accessor list: PhotoList | null = null;
  @state() private accessor failure: unknown = null;
  private readonly observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && this.load(), {
    rootMargin: AHEAD,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override render() {
    if (!this.failure) return nothing;
    return html`<div role="alert">
      <p>More photos could not be loaded. ${format.fault(this.failure)}</p>
      <button type="button" @click=${this.load}>Try again</button>
    </div>`;
  }

  private async load(): Promise<void> {
    this.failure = null;
    try {
      await this.list?.more();
      this.observeAgain();
    } catch (error) {
      this.failure = error;
    }
  }

  /** The end may be as near as before, of which the observer tells nothing by itself. */
  private observeAgain(): void {
    this.observer.unobserve(this);
    if (this.isConnected && !this.list?.complete) this.observer.observe(this);
  }
}

customElements.define("list-end", ListEnd);
