import { html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { PageElement } from "../core/element";
import * as format from "../core/format";
import type { Photo } from "../core/photo";
import type { Day } from "./days";
import { justified } from "./layout";
import { positioned } from "./positioned";
import { type TileActions, tile } from "./tile";

const GAP = 4;
// Rows are lower where the window is narrow: two or three photos beside each other on a telephone.
const LOWEST_ROW = 120;
const HIGHEST_ROW = 260;
const ROWS_PER_WIDTH = 4.2;
// A panorama takes a row of its own, and a strip does not vanish.
const NARROWEST = 0.4;
const WIDEST = 4;

/** The photos of one day, in justified rows below the day's name. */
export class TimelineDay extends PageElement {
  @property({ attribute: false }) accessor group: Day = { day: "", photos: [] };
  @property({ attribute: false }) accessor width = 0;
  @property({ attribute: false }) accessor actions: TileActions | null = null;

  protected override render() {
    const { actions, width } = this;
    const { day, photos } = this.group;
    if (!actions || width <= 0) return nothing;
    const { boxes, height } = justified(photos.map(ratio), width, rowHeight(width), GAP);
    const pairs = photos.flatMap((photo, at) => {
      const box = boxes[at];
      return box ? [{ photo, box }] : [];
    });
    return html`
      <h2>${format.day(day)}<small>, ${format.count(photos.length, "photo")}</small></h2>
      <div class="rows" ${positioned({ height })}>
        ${repeat(
          pairs,
          ({ photo }) => photo.id,
          ({ photo, box }) => tile(photo, box, actions),
        )}
      </div>
    `;
  }
}

const rowHeight = (width: number) => Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, width / ROWS_PER_WIDTH));

const ratio = ({ width, height }: Photo) => Math.max(NARROWEST, Math.min(WIDEST, (width || 1) / (height || 1)));

customElements.define("timeline-day", TimelineDay);
