import { details } from "./details.js";
import { element } from "./dom.js";
import * as format from "./format.js";
import { history as ledger } from "./history.js";
import { showImage } from "./image.js";
import { kin } from "./kin.js";
import { words } from "./words.js";

const report = (error) => alert(format.fault(error));
const HASH = "#photo=";
const SWIPE_PIXELS = 60;

/** One photo on the whole window; the arrow keys go to its neighbours, and the address names it. */
export class Viewer {
  constructor(library, closed) {
    this.library = library;
    this.closed = closed;
    this.visited = new Map();
    this.stage = element("div", { className: "stage" });
    this.panel = element("aside", { className: "details", ariaLabel: "Details", hidden: true, tabIndex: -1 });
    this.name = element("span", { className: "name" });
    this.star = element("button", { type: "button", className: "favourite", title: "Favourite (f)" });
    this.star.addEventListener("click", () => this.#toggleFavourite());
    this.caption = element("p", { className: "caption" });
    const tools = element("div", { className: "tools" }, this.name, this.star, ...this.#tools());
    this.stage.append(tools, this.caption, this.#step("earlier", -1, "‹"), this.#step("later", 1, "›"));
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
    return this.library.photos.find((photo) => photo.id === id) ?? this.visited.get(id);
  }

  /** Show a photo that need not be in the list which is shown, as a copy of another. */
  async #visit(id) {
    if (!this.#find(id)) this.visited.set(id, await this.library.fetchPhoto({ id }));
    this.open(id);
  }

  #neighbour(away) {
    const at = this.library.photos.findIndex(({ id }) => id === this.photo.id);
    return at < 0 ? undefined : this.library.photos[at + away];
  }

  #show(photo) {
    this.#leaveField();
    this.photo = photo;
    this.name.textContent = format.name(photo);
    this.panel.replaceChildren(...details(photo));
    this.panel.querySelector("dl").before(words(photo, this.library, (changes) => this.#write(photo, changes)));
    this.#showWords(photo);
    this.#loadHistory(photo);
    const image = element("img", { alt: format.label(photo), sizes: this.#sizes(photo) });
    showImage(image, photo, () => this.library.fetchPhoto(photo));
    this.stage.querySelector("img")?.remove();
    this.stage.prepend(image);
    this.#prepare(1);
    this.#prepare(-1);
    // The grid says what could not be loaded, when one comes to its end.
    if (!this.#neighbour(3)) this.library.more().catch(() => {});
  }

  /** Write about a photo, which may no longer be the one that is shown by the time that is done. */
  async #write(photo, changes) {
    const written = await this.library.write(photo, changes);
    if (this.visited.has(photo.id)) this.visited.set(photo.id, written);
    if (this.photo.id !== photo.id) return written;
    this.photo = written;
    this.#showWords(written);
    return written;
  }

  #showWords({ favourite, caption }) {
    this.star.textContent = favourite ? "★" : "☆";
    this.star.ariaPressed = String(favourite);
    this.star.ariaLabel = "Favourite";
    this.caption.textContent = caption ?? "";
    this.caption.hidden = !caption;
  }

  #toggleFavourite() {
    this.#write(this.photo, { favourite: !this.photo.favourite }).catch(report);
  }

  /** A text that somebody was writing is saved when its field is left. */
  #leaveField() {
    if (this.panel.contains(document.activeElement)) document.activeElement.blur();
  }

  /** Show the photo's related photos and its history, which are loaded when the panel is open. */
  async #loadHistory({ id }) {
    if (this.panel.hidden || this.panel.querySelector(".history")) return;
    let parts;
    try {
      const found = await this.library.fetchPhoto({ id });
      parts = [...kin(found, (other) => this.#visit(other).catch(report)), ledger(found.ledger)];
    } catch (error) {
      parts = [this.#missing(error, id)];
    }
    if (this.photo.id !== id || this.panel.querySelector(".history")) return;
    this.panel.querySelector(".missing")?.remove();
    this.panel.append(...parts);
  }

  #missing(error, id) {
    const button = element("button", { type: "button", textContent: "Try again" });
    button.addEventListener("click", () => this.#loadHistory({ id }));
    const text = `Related photos and history could not be loaded. ${format.fault(error)} `;
    return element("p", { className: "missing", role: "alert", textContent: text }, button);
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
    this.dialog.querySelector("[aria-expanded]").ariaExpanded = String(!this.panel.hidden);
    this.#loadHistory(this.photo);
  }

  async #delete() {
    const name = format.name(this.photo);
    if (
      !confirm(
        `Move ${name} to the trash? Its original can be restored for as long as the bucket keeps older versions.`,
      )
    )
      return;
    const next = this.#neighbour(1) ?? this.#neighbour(-1);
    await this.library.delete(this.photo);
    this.visited.delete(this.photo.id);
    if (!next) return history.back();
    history.replaceState(null, "", HASH + next.id);
    this.#show(next);
  }

  #tools() {
    return [
      ["Details", "Details (i)", () => this.#toggleDetails(), { ariaExpanded: "false" }],
      ["Delete", "Move to the trash", () => this.#delete().catch(report)],
      ["Close", "Close (Escape)", () => this.dialog.close()],
    ].map(([text, title, act, more = {}]) => {
      const button = element("button", { type: "button", textContent: text, title, ...more });
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

  /** In a field, Escape leaves the field and not the photo. */
  #typed(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.target.blur();
    this.panel.focus(); // the keys of the viewer work again
  }

  #listen() {
    const keys = {
      ArrowLeft: () => this.#go(-1),
      ArrowRight: () => this.#go(1),
      i: () => this.#toggleDetails(),
      f: () => this.#toggleFavourite(),
    };
    this.dialog.addEventListener("keydown", (event) => {
      if (event.target.matches("input, textarea")) return this.#typed(event);
      if (!event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.();
    });
    this.dialog.addEventListener("close", () => {
      this.#leaveField();
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
