import { element } from "./dom.js";
import * as format from "./format.js";
import { showImage } from "./image.js";
import { justified } from "./layout.js";
import { placeholder } from "./placeholder.js";

const GAP = 4;
// Rows are lower where the window is narrow: two or three photos beside each other on a telephone.
const rowHeight = (width) => Math.max(120, Math.min(260, width / 4.2));
// A panorama takes a row of its own, and a strip does not vanish.
const ratio = ({ width, height }) => Math.max(0.4, Math.min(4, (width || 1) / (height || 1)));

/** The photos of a library, by day, in justified rows, below a heading for screen readers. */
export class Grid {
  constructor(library, title, open) {
    this.library = library;
    this.open = open;
    this.tiles = new Map();
    this.days = new Map();
    this.end = endOfList(library);
    const heading = element("h1", { className: "unseen", textContent: title });
    this.rows = element("div");
    this.element = element("section", { className: "days", ariaLabel: "Photos by day" }, heading, this.rows, this.end);
    new ResizeObserver(() => this.#layOut()).observe(this.element);
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
      if (this.rows.children[number] !== section)
        this.rows.insertBefore(section, this.rows.children[number] ?? null);
    });
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
    const unchanged = photos.length === section.photos.length && photos.every((photo, at) => photo === section.photos[at]);
    if (unchanged) return section.element;
    section.photos = photos;
    section.width = 0;
    section.count.textContent = photos.length === 1 ? ", 1 photo" : `, ${photos.length} photos`;
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
      width: 0,
      photos: [],
      element: element("section", { className: "day", dataset: { day } }, heading, rows),
    };
    this.days.set(day, section);
    return section;
  }

  #tile(photo) {
    const known = this.tiles.get(photo.id);
    if (known?.photo === photo) return known.element;
    const image = element("img", { alt: "", loading: "lazy", decoding: "async" });
    const badge = photo.state === "ready" ? null : element("span", { className: "badge", textContent: format.state(photo) });
    const properties = { className: "tile", type: "button", ariaLabel: format.label(photo), dataset: { id: photo.id } };
    const star = photo.favourite ? element("span", { className: "star", textContent: "★" }) : null;
    const tile = element("button", properties, placeholder(photo.placeholder), image, badge, star);
    tile.addEventListener("click", () => this.open(photo.id));
    showImage(image, photo, () => this.library.fetchPhoto(photo));
    this.tiles.set(photo.id, { photo, element: tile, image });
    return tile;
  }

  #layOut() {
    const style = getComputedStyle(this.element);
    const width = Math.floor(this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    if (width <= 0) return;
    for (const section of this.days.values()) {
      const { photos, rows } = section;
      if (section.width === width) continue; // it lies as it did
      section.width = width;
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

/** The end of what is loaded, which loads more while it is near the window, and says when that does not work. */
function endOfList(library) {
  const text = element("p");
  const button = element("button", { type: "button", textContent: "Try again" });
  const notice = element("div", { role: "alert", hidden: true }, text, button);
  const end = element("div", { className: "more" }, notice);
  const load = async () => {
    notice.hidden = true;
    try {
      await library.more();
      // The end may be as near as before, of which the observer does not tell by itself.
      observer.unobserve(end);
      if (!library.loadedAll) observer.observe(end);
    } catch (error) {
      text.textContent = `More photos could not be loaded. ${format.fault(error)}`;
      notice.hidden = false;
    }
  };
  const observer = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && load(), {
    rootMargin: "1500px",
  });
  observer.observe(end);
  button.addEventListener("click", load);
  return end;
}
