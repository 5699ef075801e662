import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { PageElement } from "../core/element";
import { filterUrl } from "../core/facets";
import * as format from "../core/format";
import type { Annotations, Photo } from "../core/photo";
import type { Store } from "../core/store";

/** The owner's annotations of a photo: its caption and its albums. Each is saved when its field is left. */
export class PhotoAnnotations extends PageElement {
  @property({ attribute: false }) accessor photo: Photo | null = null;
  @property({ attribute: false }) accessor store: Store | null = null;
  @state() private accessor status = "";
  @state() private accessor offered: readonly string[] = [];
  /** The albums with the changes that are not answered yet, so that a change that follows at once keeps them. */
  private pending: readonly string[] | null = null;

  protected override render() {
    const { photo, store } = this;
    if (!photo || !store) return null;
    return html`<section class="annotations">
      <label
        >Caption<textarea
          rows="3"
          maxlength=${store.config.limits.caption}
          .value=${photo.caption ?? ""}
          @change=${(event: Event) => this.saveCaption(photo, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
      <div class="albums">
        <span>Albums</span>
        <ul aria-label="Albums of this photo">
          ${(this.pending ?? photo.albums).map((name) => this.album(photo, name))}
        </ul>
        ${this.field(photo, store.config.limits.album)}
      </div>
      <p class="status" role="status">${this.status}</p>
    </section>`;
  }

  private album(photo: Photo, name: string): TemplateResult {
    const remove = () => this.saveAlbums(photo, (albums) => albums.filter((other) => other !== name));
    return html`<li>
      <a href=${filterUrl("album", name)}>${name}</a
      ><button type="button" aria-label=${`Remove from ${name}`} @click=${remove}>×</button>
    </li>`;
  }

  private field(photo: Photo, longest: number): TemplateResult {
    const add = (event: Event) => this.add(photo, event.target as HTMLInputElement);
    return html`<input
        type="text"
        maxlength=${longest}
        placeholder="Add to an album"
        aria-label="Add to an album"
        list="albums"
        @change=${add}
        @keydown=${(event: KeyboardEvent) => event.key === "Enter" && add(event)}
        @focus=${this.offer}
      /><datalist id="albums">${this.offered.map((name) => html`<option value=${name}></option>`)}</datalist>`;
  }

  private saveCaption(photo: Photo, text: string): void {
    const own = text.trim();
    // The file's own caption needs no annotation; an empty one hides it.
    this.save(photo, { caption: own === (photo.metadata.caption ?? "") ? null : own });
  }

  private add(photo: Photo, field: HTMLInputElement): void {
    const name = field.value.trim();
    field.value = "";
    if (name) this.saveAlbums(photo, (albums) => [...albums, name]);
  }

  private async saveAlbums(photo: Photo, change: (albums: readonly string[]) => readonly string[]): Promise<void> {
    const wanted = change(this.pending ?? photo.albums);
    this.pending = wanted;
    await this.save(photo, { albums: wanted });
    if (this.pending === wanted) this.pending = null;
    this.requestUpdate();
  }

  private async save(photo: Photo, annotations: Annotations): Promise<void> {
    this.status = "Saving…";
    try {
      await this.store?.annotate(photo.id, annotations);
      this.status = "Saved";
    } catch (error) {
      this.status = `Not saved. ${format.fault(error)}`;
    }
  }

  /** Offer the names of the library's albums. */
  private async offer(): Promise<void> {
    if (this.offered.length) return;
    try {
      this.offered = (await this.store?.albums()) ?? [];
    } catch (error) {
      this.status = `The names of your albums could not be loaded. ${format.fault(error)}`;
    }
  }
}

customElements.define("photo-annotations", PhotoAnnotations);
