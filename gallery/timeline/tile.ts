import { html, nothing, type TemplateResult } from "lit";
import * as format from "../core/format";
import type { FullPhoto, Photo } from "../core/photo";
import { signedImage } from "../core/signed-image";
import type { Box } from "./layout";
import { drawPlaceholder } from "./placeholder";
import { positioned } from "./positioned";

/** What a tile does: open a photo, and renew the addresses of its renditions. */
export interface TileActions {
  readonly open: (id: string) => void;
  readonly renew: (id: string) => Promise<FullPhoto>;
}

/** A photo in the timeline, as a button that opens it. */
export function tile(photo: Photo, box: Box, { open, renew }: TileActions): TemplateResult {
  return html`<button
    class="tile"
    type="button"
    aria-label=${format.label(photo)}
    data-id=${photo.id}
    @click=${() => open(photo.id)}
    ${positioned({ left: box.left, top: box.top, width: box.width, height: box.height })}
  >
    ${photo.placeholder ? html`<canvas class="placeholder" ${drawPlaceholder(photo.placeholder)}></canvas>` : nothing}
    <img alt="" loading="lazy" decoding="async" ${signedImage(photo, `${box.width}px`, renew)} />
    ${photo.state === "ready" ? nothing : html`<span class="badge">${format.state(photo)}</span>`}
    ${photo.favourite ? html`<span class="star">★</span>` : nothing}
  </button>`;
}
