import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { Observer, PageElement } from "../core/element";
import * as format from "../core/format";
import type { Photo } from "../core/photo";
import type { Router } from "../core/router";
import { signedImage, srcset } from "../core/signed-image";
import type { Store } from "../core/store";
import { details } from "./details";
import { isTyping, swipes } from "./input";
import "./photo-annotations";
import "./photo-background";

// When so few photos follow in the list, the next page is loaded.
const NEAR_END = 3;

/** One photo on the whole window; the arrow keys go to its neighbours. Closes when `photoId` is null. */
export class PhotoViewer extends PageElement {
  @property({ attribute: false }) accessor photoId: string | null = null;
  @property({ attribute: false }) accessor store: Store | null = null;
  @property({ attribute: false }) accessor router: Router | null = null;
  @state() private accessor detailed = false;
  @state() private accessor failure = "";
  @query("dialog") private accessor dialog: HTMLDialogElement | null = null;
  @query("aside") private accessor panel: HTMLElement | null = null;
  private readonly observer = new Observer(this);
  private readonly swipe = swipes((steps) => this.step(steps));

  protected override willUpdate(changed: PropertyValues): void {
    if (this.store) this.observer.observe(this.store);
    if (!changed.has("photoId")) return;
    this.failure = "";
    if (this.photoId) this.load(this.photoId);
  }

  protected override updated(): void {
    const { dialog, photo } = this;
    if (!dialog) return;
    if (photo && !dialog.open) dialog.showModal();
    else if (!photo && dialog.open) dialog.close();
  }

  protected override render() {
    const { photo } = this;
    return html`<dialog class="viewer" aria-label="Photo" @keydown=${this.key} @close=${this.closed}>
      ${photo ? [this.stage(photo), this.aside(photo)] : nothing}
    </dialog>`;
  }

  private get photo(): Photo | undefined {
    return this.photoId ? this.store?.find(this.photoId) : undefined;
  }

  private stage(photo: Photo): TemplateResult {
    const renew = (id: string) => (this.store as Store).details(id);
    return html`<div class="stage" @pointerdown=${this.swipe.start} @pointerup=${this.swipe.end}>
      <img alt=${format.label(photo)} ${signedImage(photo, sizes(photo), renew)} />
      <div class="tools">
        <span class="name">${format.fileName(photo)}</span>
        <button
          class="favourite"
          type="button"
          title="Favourite (f)"
          aria-label="Favourite"
          aria-pressed=${photo.favourite}
          @click=${this.toggleFavourite}
        >
          ${photo.favourite ? "★" : "☆"}
        </button>
        <button type="button" title="Details (i)" aria-expanded=${this.detailed} @click=${this.toggleDetails}>
          Details
        </button>
        <button type="button" title="Move to the trash" @click=${this.delete}>Delete</button>
        <button type="button" title="Close (Escape)" @click=${() => this.dialog?.close()}>Close</button>
      </div>
      ${this.failure ? html`<p class="failure" role="alert">${this.failure}</p>` : nothing}
      ${photo.caption ? html`<p class="caption">${photo.caption}</p>` : nothing}
      <button class="step earlier" type="button" aria-label="Newer photo" @click=${() => this.step(-1)}>‹</button>
      <button class="step later" type="button" aria-label="Older photo" @click=${() => this.step(1)}>›</button>
    </div>`;
  }

  private aside(photo: Photo): TemplateResult {
    const load = (id: string) => (this.store as Store).details(id);
    const open = (id: string) => this.router?.openPhoto(id);
    const content = () =>
      keyed(
        photo.id,
        html`<photo-annotations .photo=${photo} .store=${this.store}></photo-annotations>
          ${details(photo)}
          <photo-background .photoId=${photo.id} .load=${load} .open=${open}></photo-background>`,
      );
    return html`<aside class="details" aria-label="Details" tabindex="-1" ?hidden=${!this.detailed}>
      ${this.detailed ? content() : nothing}
    </aside>`;
  }

  /** Load the photo, where it is not in the list, and what is likely to be asked for next. */
  private async load(id: string): Promise<void> {
    try {
      await this.store?.open(id);
    } catch (error) {
      if (id !== this.photoId) return;
      if (this.photo) this.failure = format.fault(error);
      else this.dispatchEvent(new CustomEvent("missing", { detail: error, bubbles: true }));
    }
    for (const steps of [1, -1]) prefetch(this.store?.neighbour(id, steps));
    // The timeline names what could not be loaded, when one comes to its end.
    if (!this.store?.neighbour(id, NEAR_END)) this.store?.list.more().catch(() => {});
  }

  private step(steps: number): void {
    const photo = this.photoId && this.store?.neighbour(this.photoId, steps);
    if (!photo) return;
    this.leaveField();
    this.router?.openPhoto(photo.id, true);
  }

  private toggleDetails(): void {
    this.detailed = !this.detailed;
  }

  private toggleFavourite(): Promise<void> {
    return this.attempt(async (photo, store) => {
      await store.annotate(photo.id, { favourite: !photo.favourite });
    });
  }

  private delete(): Promise<void> {
    return this.attempt(async (photo, store) => {
      const text = `Move ${format.fileName(photo)} to the trash? Its original can be restored for as long as the bucket keeps older versions.`;
      if (!confirm(text)) return;
      const next = store.neighbour(photo.id, 1) ?? store.neighbour(photo.id, -1);
      await store.delete(photo.id);
      if (next) this.router?.openPhoto(next.id, true);
      else this.dialog?.close();
    });
  }

  private async attempt(act: (photo: Photo, store: Store) => Promise<void>): Promise<void> {
    const { photo, store } = this;
    if (!photo || !store) return;
    this.failure = "";
    try {
      await act(photo, store);
    } catch (error) {
      this.failure = format.fault(error);
    }
  }

  private key(event: KeyboardEvent): void {
    if (isTyping(event)) {
      if (event.key === "Escape") this.leaveFieldBy(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowLeft") this.step(-1);
    else if (event.key === "ArrowRight") this.step(1);
    else if (event.key === "i") this.toggleDetails();
    else if (event.key === "f") this.toggleFavourite();
  }

  /** In a field, Escape leaves the field and not the photo. */
  private leaveFieldBy(event: KeyboardEvent): void {
    event.preventDefault();
    this.leaveField();
    this.panel?.focus(); // the keys of the viewer work again
  }

  /** A field is saved when it is left. */
  private leaveField(): void {
    const { activeElement: field } = document;
    if (field instanceof HTMLElement && this.panel?.contains(field)) field.blur();
  }

  private closed(): void {
    const { photoId } = this;
    this.router?.closePhoto();
    if (photoId) this.dispatchEvent(new CustomEvent("closed", { detail: photoId, bubbles: true }));
  }
}

function sizes({ width, height }: Photo): string {
  return `${Math.round(Math.min(innerWidth, (innerHeight * (width || 1)) / (height || 1)))}px`;
}

function prefetch(photo: Photo | undefined): void {
  if (photo) Object.assign(new Image(), { sizes: sizes(photo), srcset: srcset(photo) });
}

customElements.define("photo-viewer", PhotoViewer);
