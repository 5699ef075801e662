/* Pictures by signed addresses, which are valid for a limited time. */

import { nothing } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";
import type { Photo } from "./photo";

// An address that is refused so soon after it was signed is not refused because of its age.
const FRESH_MS = 30_000;

type Renewal = (id: string) => Promise<Photo>;

/** Limits renewals: an address that was just renewed is not renewed again. */
export class Renewals {
  private last = Number.NEGATIVE_INFINITY;

  /** Whether an address may be renewed at this time, in milliseconds; it then counts as renewed. */
  allow(now: number): boolean {
    if (now - this.last < FRESH_MS) return false;
    this.last = now;
    return true;
  }
}

/** The renditions as the `srcset` of an image. */
export const srcset = ({ renditions }: Pick<Photo, "renditions">): string =>
  renditions.map(({ url, width }) => `${url} ${width}w`).join(", ");

class SignedImage extends Directive {
  private photo: Photo | null = null;
  private renew: Renewal | null = null;
  private renewals = new Renewals();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("signedImage belongs to an element.");
  }

  override update(part: ElementPart, [photo, sizes, renew]: [Photo, string, Renewal]): typeof nothing {
    const image = part.element as HTMLImageElement;
    if (!this.renew) this.listen(image);
    this.renew = renew;
    if (image.sizes !== sizes) image.sizes = sizes;
    if (photo !== this.photo) {
      if (photo.id !== this.photo?.id) image.classList.remove("loaded", "broken");
      this.photo = photo;
      this.renewals = new Renewals();
      image.srcset = srcset(photo);
    }
    return nothing;
  }

  override render(_photo: Photo, _sizes: string, _renew: Renewal): typeof nothing {
    return nothing;
  }

  private listen(image: HTMLImageElement): void {
    image.addEventListener("load", () => {
      image.classList.remove("broken");
      image.classList.add("loaded");
    });
    image.addEventListener("error", () => this.refresh(image));
  }

  private async refresh(image: HTMLImageElement): Promise<void> {
    const { photo, renew } = this;
    if (!photo || !renew || !this.renewals.allow(Date.now())) return void image.classList.add("broken");
    try {
      const renewed = await renew(photo.id);
      if (photo === this.photo) image.srcset = srcset(renewed);
    } catch {
      image.classList.add("broken"); // the page says by itself that the library cannot be reached
    }
  }
}

/**
 * Show the smallest rendition that serves an image's size. An address that has expired is renewed, each time; an image
 * that cannot be loaded with a new address either gets the class "broken".
 */
export const signedImage = directive(SignedImage);
