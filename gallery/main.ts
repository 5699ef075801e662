import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { Session } from "./auth/session";
import "./auth/sign-in-form";
import { browseView } from "./browse/browse-view";
import { Api } from "./core/api";
import { type Config, loadConfig } from "./core/config";
import { Observer, PageElement } from "./core/element";
import { filterName } from "./core/facets";
import * as format from "./core/format";
import { type Route, Router } from "./core/router";
import { Store } from "./core/store";
import { watch } from "./core/watch";
import { failedView } from "./failed/failed-view";
import { header } from "./header";
import { empty } from "./timeline/empty";
import "./timeline/photo-timeline";
import type { PhotoTimeline } from "./timeline/photo-timeline";
import "./viewer/photo-viewer";

/** What a signed-in page works with. */
interface Open {
  readonly store: Store;
  readonly stop: AbortController;
}

/** The page: the sign-in, or the library with its header, the view of the address, and the viewer. */
export class SafelightApp extends PageElement {
  @state() private accessor banner = "";
  @state() private accessor open: Open | null = null;
  @query("photo-timeline") private accessor timeline: PhotoTimeline | null = null;
  private config: Config | null = null;
  private session: Session | null = null;
  private router: Router | null = null;
  private readonly observer = new Observer(this);

  override connectedCallback(): void {
    super.connectedCallback();
    this.start().catch((error) => {
      this.banner = `The gallery could not start. ${format.fault(error)}`;
    });
  }

  protected override render() {
    return html`
      ${this.open && this.router ? header(this.open.store, this.router.route, () => this.signOut()) : nothing}
      <p id="banner" role="alert" ?hidden=${!this.banner}>${this.banner}</p>
      <main id="content">${this.content()}</main>
      ${
        this.open && this.router
          ? html`<photo-viewer
            .photoId=${this.router.route.photo}
            .store=${this.open.store}
            .router=${this.router}
            @closed=${(event: CustomEvent<string>) => this.timeline?.focusTile(event.detail)}
            @missing=${this.missing}
          ></photo-viewer>`
          : nothing
      }
    `;
  }

  private content(): TemplateResult | typeof nothing {
    if (!this.session || !this.router) return nothing;
    if (!this.open) return html`<sign-in-form .session=${this.session}></sign-in-form>`;
    return this.view(this.open.store, this.router.route);
  }

  private view(store: Store, route: Route): TemplateResult | typeof nothing {
    if (route.view === "browse") return browseView(store);
    if (route.view === "failed") return failedView(store);
    const { list, filter } = store;
    if (!list.started) return nothing;
    if (list.complete && !list.photos.length) return empty(filter);
    return html`<photo-timeline
      .list=${list}
      .photos=${list.photos}
      .heading=${filter ? filterName(filter) : "All photos"}
      .actions=${this.actions}
    ></photo-timeline>`;
  }

  private readonly actions = {
    open: (id: string) => this.router?.openPhoto(id),
    renew: (id: string) => (this.open as Open).store.details(id),
  };

  private async start(): Promise<void> {
    const config = await loadConfig();
    const session = new Session(config.sign_in);
    this.config = config;
    this.session = session;
    await this.completeRedirect(session);
    this.router = new Router(config.facets);
    this.router.addEventListener("change", () => this.navigated());
    session.addEventListener("change", () => this.sessionChanged());
    this.sessionChanged();
    this.requestUpdate();
  }

  /** Finish a sign-in that comes back from its provider's page. */
  private async completeRedirect(session: Session): Promise<void> {
    try {
      const tokens = await session.provider.completeRedirect();
      if (tokens) session.keep(tokens);
    } catch {
      this.banner = "The sign-in failed. Try again.";
    }
  }

  private sessionChanged(): void {
    if (this.session?.signedIn && !this.open) this.begin();
    if (!this.session?.signedIn && this.open) this.end();
  }

  private begin(): void {
    if (!this.config || !this.session || !this.router) return;
    const store = new Store(new Api(this.session), this.config);
    const stop = new AbortController();
    store.choose(this.router.route.filter);
    this.observer.observe(store);
    this.banner = "";
    this.open = { store, stop };
    watch(
      () => store.refresh(),
      (failure) => {
        this.banner = failure ? `${format.fault(failure)} Trying again…` : "";
      },
      stop.signal,
    );
  }

  private end(): void {
    this.open?.stop.abort();
    this.open = null;
    this.banner = "You have been signed out. Sign in again.";
  }

  private async signOut(): Promise<void> {
    await this.session?.signOut();
    location.replace("/");
  }

  private navigated(): void {
    const { store } = this.open ?? {};
    const route = this.router?.route;
    if (store && route) {
      store.choose(route.filter);
      if (!store.list.started) this.loadFirst(store);
    }
    this.requestUpdate();
  }

  private async loadFirst(store: Store): Promise<void> {
    try {
      await store.list.more();
    } catch (error) {
      this.banner = format.fault(error);
    }
  }

  /** Say that the photo of the address cannot be shown, and show the list without it. */
  private missing({ detail: error }: CustomEvent<unknown>): void {
    this.banner = `This photo could not be loaded. ${format.fault(error)}`;
    this.router?.closePhoto();
  }
}

customElements.define("safelight-app", SafelightApp);
