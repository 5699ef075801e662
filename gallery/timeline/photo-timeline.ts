import { html, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import { PageElement } from "../core/element";
import type { Photo } from "../core/photo";
import type { PhotoList } from "../core/photo-list";
import { byDay, type Day } from "./days";
import "./list-end";
import type { TileActions } from "./tile";
import "./timeline-day";

/** The loaded photos of a list, by day. */
export class PhotoTimeline extends PageElement {
  @property({ attribute: false }) accessor list: PhotoList | null = null;
  @property({ attribute: false }) accessor photos: readonly Photo[] = [];
  @property({ attribute: false }) accessor heading = "";
  @property({ attribute: false }) accessor actions: TileActions | null = null;
  @state() private accessor width = 0;
  private days: readonly Day[] = [];
  private readonly resizes = new ResizeObserver(() => this.measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  /** Put the focus on a photo's tile. */
  focusTile(id: string): void {
    this.querySelector<HTMLElement>(`.tile[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.measure();
  }

  protected override render() {
    this.days = byDay(this.photos, this.days);
    return html`<section class="days" aria-label="Photos by day">
      <h1 class="unseen">${this.heading}</h1>
      ${repeat(
        this.days,
        ({ day }) => day,
        (group) =>
          html`<timeline-day
            class="day"
            data-day=${group.day}
            .group=${group}
            .width=${this.width}
            .actions=${this.actions}
          ></timeline-day>`,
      )}
      ${keyed(this.list, html`<list-end class="more" .list=${this.list}></list-end>`)}
    </section>`;
  }

  private measure(): void {
    const section = this.querySelector(".days");
    if (!section) return;
    const { paddingLeft, paddingRight } = getComputedStyle(section);
    this.width = Math.floor(section.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
  }
}

customElements.define("photo-timeline", PhotoTimeline);
