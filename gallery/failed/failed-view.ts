import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import type { Store } from "../core/store";
import "../timeline/list-end";
import "./failed-file";

/** The files that cannot be shown, each with its reason and a button to try it again. */
export function failedView({ failed, api }: Store): TemplateResult {
  const retry = (id: string) => api.reprocess(id);
  return html`<section class="failed">
    <h1>Files that cannot be shown</h1>
    <a class="button" href="/">Back to the photos</a>
    <ul>
      ${repeat(
        failed.photos,
        ({ id }) => id,
        (photo) => html`<li data-id=${photo.id}><failed-file .photo=${photo} .retry=${retry}></failed-file></li>`,
      )}
    </ul>
    ${keyed(failed, html`<list-end class="more" .list=${failed}></list-end>`)}
  </section>`;
}
