import { html, nothing, type TemplateResult } from "lit";
import { filterUrl, valueName } from "../core/facets";
import * as format from "../core/format";
import type { Photo } from "../core/photo";

type Text = string | null | undefined | false;

/** A fact: its name, the facets whose values it links, and its text. */
interface Fact {
  readonly name: string;
  readonly facets?: readonly string[];
  readonly text?: (photo: Photo) => Text;
}

const fileFormat = ({ format: name, bytes }: Photo) =>
  [name?.toUpperCase(), format.bytes(bytes)].filter(Boolean).join(", ");

const FACTS: readonly Fact[] = [
  { name: "Taken", text: format.taken },
  { name: "On this day", facets: ["on"] },
  { name: "Camera", facets: ["camera"] },
  { name: "Lens", facets: ["lens"] },
  { name: "Exposure", text: ({ metadata }) => format.exposure(metadata) },
  { name: "Place", facets: ["city", "region", "country"], text: ({ metadata }) => metadata.quarter },
  { name: "Coordinates", text: ({ metadata }) => format.coordinates(metadata) },
  { name: "Title", text: ({ metadata }) => metadata.title },
  {
    name: "Caption in the file",
    text: ({ caption, metadata }) => metadata.caption !== caption && metadata.caption,
  },
  { name: "Rating", facets: ["rating"] },
  { name: "Keywords", facets: ["keyword"] },
  { name: "People", text: ({ metadata }) => metadata.people?.join(", ") },
  { name: "Labels", facets: ["label"] },
  { name: "Artist", text: ({ metadata }) => metadata.artist },
  { name: "Copyright", text: ({ metadata }) => metadata.copyright },
  { name: "Dimensions", text: format.size },
  { name: "Format", text: fileFormat },
  { name: "File", text: format.path },
];

/** The facts of a photo, as a list of terms and descriptions. */
export function details(photo: Photo): TemplateResult {
  return html`
    <h2>${format.fileName(photo)}</h2>
    ${photo.reason ? html`<p class="reason">${photo.reason}</p>` : nothing}
    <dl>${FACTS.map((fact) => entry(fact, photo))}</dl>
  `;
}

function entry({ name, facets = [], text }: Fact, photo: Photo) {
  const values = [...facets.flatMap((facet) => links(photo, facet)), text?.(photo)].filter(Boolean);
  return values.length ? html`<dt>${name}</dt>${values.map((value) => html`<dd>${value}</dd>`)}` : nothing;
}

const links = (photo: Photo, facet: string): TemplateResult[] =>
  (photo.terms[facet] ?? []).map((value) => html`<a href=${filterUrl(facet, value)}>${valueName(facet, value)}</a>`);
