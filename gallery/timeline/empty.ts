import { html, type TemplateResult } from "lit";
import type { Filter } from "../core/facets";

/** A list without photos, or an empty library with the command that fills it. */
export function empty(filter: Filter | null): TemplateResult {
  if (filter) return html`<section class="empty"><h1>No photos here</h1></section>`;
  return html`<section class="empty">
    <h1>Your library is empty</h1>
    <p>Put photos into the originals bucket, with any S3 client, and watch them appear here:</p>
    <code>aws s3 sync ~/Pictures s3://ORIGINALS-BUCKET/originals/</code>
  </section>`;
}
