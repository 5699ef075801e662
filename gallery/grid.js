import { element } from "./dom.js";
import * as format from "./format.js";
import { justified } from "./layout.js";
import { placeholder } from "./placeholder.js";

const GAP = 4;
// Rows are lower where the window is narrow: two or three photos beside each other on a telephone.
const rowHeight = (width) => Math.max(120, Math.min(260, width / 4.2));
// A panorama takes a row of its own, and a strip does not vanish.
const ratio = ({ width, height }) => Math.max(0.4, Math.min(4, (width || 1) / (height || 1)));

/** The photos of a library, by day, in justified rows. */
export class Grid {
  constructor(library, open) {
    this.library = library;
    this.open = open;
    this.tiles = new Map();
    this.days = new Map();
    this.end = element("div", { className: "more" });
    this.element = element("section", { className: "days", ariaLabel: "Photos by day" });
    new ResizeObserver(() => this.#layOut()).observe(this.element);
    new IntersectionObserver(([seen]) => seen.isIntersecting && library.more().catch(() => {}), {
      rootMargin: "1500px",
    }).observe(this.end);
  }

  /** Show what the library holds now, touching what has changed alone. */
  show() {
    const groups = Map.groupBy
      ? Map.groupBy(this.library.photos, format.day)
      : this.library.photos.reduce(
          (map, photo) => map.set(format.day(photo), [...(map.get(format.day(photo)) ?? []), photo]),
          new Map(),
        );
    for (const [day, section] of this.days) if (!groups.has(day)) (section.element.remove(), this.days.delete(day));
    const sections = [...groups].map(([day, photos]) => this.#day(day, photos));
    sections.forEach((section, number) => {
      if (this.element.children[number] !== section)
        this.element.insertBefore(section, this.element.children[number] ?? null);
    });
    this.element.append(this.end);
    const shown = new Set(this.library.photos.map(({ id }) => id));
    for (const id of this.tiles.keys()) if (!shown.has(id)) this.tiles.delete(id);
    this.#layOut();
  }

  /** Put the focus on a photo's tile, as after its viewer was closed. */
  focus(photo) {
    this.tiles.get(photo.id)?.element.focus();
  }

  #day(day, photos) {
    const section = this.days.get(day) ?? this.#emptyDay(day);
    section.photos = photos;
    section.count.textContent = photos.length === 1 ? "1 photo" : `${photos.length} photos`;
    const tiles = photos.map((photo) => this.#tile(photo));
    const same =
      tiles.length === section.rows.children.length && tiles.every((tile, at) => section.rows.children[at] === tile);
    if (!same) section.rows.replaceChildren(...tiles);
    return section.element;
  }

  #emptyDay(day) {
    const count = element("small");
    const rows = element("div", { className: "rows" });
    const heading = element("h2", { textContent: format.dayInWords(day) }, count);
    const section = {
      rows,
      count,
      photos: [],
      element: element("section", { className: "day", dataset: { day } }, heading, rows),
    };
    this.days.set(day, section);
    return section;
  }

  #tile(photo) {
    const known = this.tiles.get(photo.id);
    if (known?.photo === photo) return known.element;
    const image = element("img", { alt: photo.caption ?? "", loading: "lazy", decoding: "async" });
    const badge = photo.state === "ready" ? null : element("span", { className: "badge", textContent: photo.state });
    const properties = { className: "tile", type: "button", ariaLabel: format.name(photo), dataset: { id: photo.id } };
    const star = photo.favourite ? element("span", { className: "star", textContent: "★", title: "Favourite" }) : null;
    const tile = element("button", properties, placeholder(photo.placeholder), image, badge, star);
    tile.addEventListener("click", () => this.open(photo.id));
    showImage(image, photo, () => this.library.renewed(photo));
    this.tiles.set(photo.id, { photo, element: tile, image });
    return tile;
  }

  #layOut() {
    const style = getComputedStyle(this.element);
    const width = Math.floor(this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    if (width <= 0) return;
    for (const { photos, rows } of this.days.values()) {
      const { boxes, height } = justified(photos.map(ratio), width, rowHeight(width), GAP);
      rows.style.height = `${height}px`;
      boxes.forEach((box, at) => this.#place(photos[at], box));
    }
  }

  #place(photo, { left, top, width, height }) {
    const { element: tile, image } = this.tiles.get(photo.id);
    Object.assign(tile.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    image.sizes = `${width}px`;
  }
}

/** Show the smallest rendition that serves the image's size; a refused address is renewed once. */
export function showImage(image, photo, renew) {
  const address = ({ renditions }) => {
    image.srcset = renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");
  };
  image.addEventListener("load", () => image.classList.add("loaded"));
  image.addEventListener(
    "error",
    () =>
      renew()
        .then(address)
        .catch(() => {}),
    { once: true },
  );
  address(photo);
}
