import { html, nothing, type TemplateResult } from "lit";
import * as format from "../core/format";
import type { FullPhoto, RelatedPhoto } from "../core/photo";

type Open = (id: string) => void;

/** The related photos of a photo, a section for each relation that it has. */
export function related({ duplicates, near_duplicates: near, stack }: FullPhoto, open: Open): TemplateResult[] {
  const relations: readonly [string, readonly RelatedPhoto[]][] = [
    ["Other files of this photo", stack?.others ?? []],
    ["Identical copies", duplicates],
    ["Similar photos", near],
  ];
  return relations.filter(([, photos]) => photos.length).map(([title, photos]) => section(title, photos, open));
}

function section(title: string, photos: readonly RelatedPhoto[], open: Open): TemplateResult {
  return html`<section class="related">
    <h3>${title}</h3>
    <ul>
      ${photos.map(
        (photo) =>
          html`<li>
            <button type="button" title=${format.path(photo)} @click=${() => open(photo.id)}
              >${photo.thumbnail ? html`<img src=${photo.thumbnail} alt="" loading="lazy" />` : nothing}<span
                >${format.fileName(photo)}</span
              ></button
            >
          </li>`,
      )}
    </ul>
  </section>`;
}
