import { details } from "./details.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import { showImage } from "./grid.js";
import { history as ledger } from "./history.js";

const HASH = "#photo=";
const SWIPE_PIXELS = 60;

/** One photo on the whole window; the arrow keys go to its neighbours, and the address names it. */
export class Viewer {
  constructor(library, closed) {
    this.library = library;
    this.closed = closed;
    this.stage = element("div", { className: "stage" });
    this.panel = element("aside", { className: "details", ariaLabel: "Details", hidden: true });
    this.name = element("span", { className: "name" });
    const tools = element("div", { className: "tools" }, this.name, ...this.#tools());
    this.stage.append(tools, this.#step("earlier", -1, "‹"), this.#step("later", 1, "›"));
    this.dialog = element("dialog", { className: "viewer", ariaLabel: "Photo" }, this.stage, this.panel);
    document.body.append(this.dialog);
    this.#listen();
  }

  /** Show a photo, as a step that the back button takes back. */
  open(id) {
    if (!this.#find(id)) return;
    history.pushState(null, "", HASH + id);
    this.#follow();
  }

  /** Show the photo that the address names, or none. */
  async follow() {
    const id = location.hash.startsWith(HASH) ? location.hash.slice(HASH.length) : null;
    while (id && !this.#find(id) && !this.library.loadedAll) await this.library.more();
    this.#follow();
  }

  #follow() {
    const photo = this.#find(location.hash.slice(HASH.length));
    if (!photo) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    if (!this.dialog.open) this.dialog.showModal();
    this.#show(photo);
  }

  #find(id) {
    return this.library.photos.find((photo) => photo.id === id);
  }

  #neighbour(away) {
    return this.library.photos[this.library.photos.indexOf(this.#find(this.photo.id)) + away];
  }

  #show(photo) {
    this.photo = photo;
    this.name.textContent = format.name(photo);
    this.panel.replaceChildren(...details(photo));
    this.#tell(photo);
    const image = element("img", { alt: photo.metadata.caption ?? format.name(photo), sizes: this.#sizes(photo) });
    showImage(image, photo, () => this.library.renewed(photo));
    this.stage.querySelector("img")?.remove();
    this.stage.prepend(image);
    this.#prepare(1);
    this.#prepare(-1);
    if (!this.#neighbour(3)) this.library.more().catch(() => {});
  }

  /** What happened to the photo, which is asked for when somebody looks. */
  async #tell(photo) {
    if (this.panel.hidden || this.panel.querySelector(".history")) return;
    const told = await this.library.ledger(photo).catch(() => []);
    if (this.photo === photo && !this.panel.querySelector(".history")) this.panel.append(ledger(told));
  }

  /** Load a neighbour before it is asked for. */
  #prepare(away) {
    const photo = this.#neighbour(away);
    if (photo)
      Object.assign(new Image(), {
        sizes: this.#sizes(photo),
        srcset: photo.renditions.map(({ url, width }) => `${url} ${width}w`).join(", "),
      });
  }

  #sizes({ width, height }) {
    return `${Math.round(Math.min(innerWidth, (innerHeight * (width || 1)) / (height || 1)))}px`;
  }

  #go(away) {
    const photo = this.#neighbour(away);
    if (!photo) return;
    history.replaceState(null, "", HASH + photo.id);
    this.#show(photo);
  }

  #toggleDetails() {
    this.panel.hidden = !this.panel.hidden;
    this.#tell(this.photo);
  }

  async #delete() {
    const name = format.name(this.photo);
    if (
      !confirm(
        `Put ${name} into the trash? Its original is kept as an older version for as long as the library keeps these.`,
      )
    )
      return;
    const next = this.#neighbour(1) ?? this.#neighbour(-1);
    await this.library.delete(this.photo);
    if (!next) return history.back();
    history.replaceState(null, "", HASH + next.id);
    this.#show(next);
  }

  #tools() {
    return [
      ["Details", "Details (i)", () => this.#toggleDetails()],
      ["Delete", "Put into the trash", () => this.#delete().catch((error) => alert(error.message))],
      ["Close", "Close (Escape)", () => this.dialog.close()],
    ].map(([text, title, act]) => {
      const button = element("button", { type: "button", textContent: text, title });
      button.addEventListener("click", act);
      return button;
    });
  }

  #step(name, away, sign) {
    const label = away < 0 ? "Newer photo" : "Older photo";
    const button = element("button", {
      className: `step ${name}`,
      type: "button",
      textContent: sign,
      ariaLabel: label,
    });
    button.addEventListener("click", () => this.#go(away));
    return button;
  }

  #listen() {
    const keys = { ArrowLeft: () => this.#go(-1), ArrowRight: () => this.#go(1), i: () => this.#toggleDetails() };
    this.dialog.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.();
    });
    this.dialog.addEventListener("close", () => {
      if (location.hash) history.replaceState(null, "", location.pathname + location.search);
      this.closed(this.photo);
    });
    addEventListener("popstate", () => this.#follow());
    let start = null;
    this.stage.addEventListener("pointerdown", (event) => (start = event.clientX));
    this.stage.addEventListener("pointerup", (event) => {
      const moved = event.clientX - (start ?? event.clientX);
      if (event.pointerType === "touch" && Math.abs(moved) > SWIPE_PIXELS) this.#go(moved < 0 ? 1 : -1);
    });
  }
}
