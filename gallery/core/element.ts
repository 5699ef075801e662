import { LitElement, type ReactiveController, type ReactiveControllerHost } from "lit";

/** An element without a shadow root: the page's own style sheets and labels reach into it. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Renders its host again when a target sends "change". */
export class Observer implements ReactiveController {
  private target: EventTarget | null = null;
  private readonly listener: () => void;

  constructor(host: ReactiveControllerHost) {
    this.listener = () => host.requestUpdate();
    host.addController(this);
  }

  /** Observe this target, and no other any more. */
  observe(target: EventTarget): void {
    if (target === this.target) return;
    this.hostDisconnected();
    this.target = target;
    this.hostConnected();
  }

  hostConnected(): void {
    this.target?.addEventListener("change", this.listener);
  }

  hostDisconnected(): void {
    this.target?.removeEventListener("change", this.listener);
  }
}
