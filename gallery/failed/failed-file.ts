import { html } from "lit";
import { property, state } from "lit/decorators.js";
import { PageElement } from "../core/element";
import * as format from "../core/format";
import type { Photo } from "../core/photo";

/** A file that cannot be shown, with its reason and a button to try it again. */
export class FailedFile extends PageElement {
  @property({ attribute: false }) accessor photo: Photo | null = null;
  @property({ attribute: false }) accessor retry: (id: string) => Promise<void> = () => Promise.resolve();
  @state() private accessor status = "";

  protected override render() {
    const { photo } = this;
    if (!photo) return null;
    return html`
      <strong>${format.path(photo)}</strong><span class="state">${format.state(photo)}</span>
      <p>${photo.reason ?? "No reason was recorded."}</p>
      <button type="button" ?disabled=${this.status !== ""} @click=${() => this.tryAgain(photo.id)}>
        ${this.status || "Try again"}
      </button>
    `;
  }

  private async tryAgain(id: string): Promise<void> {
    this.status = "Trying again…";
    try {
      await this.retry(id);
    } catch (error) {
      this.status = format.fault(error);
    }
  }
}

customElements.define("failed-file", FailedFile);
