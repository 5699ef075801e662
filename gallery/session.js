import * as cognito from "./sign-in/cognito.js";
import * as oidc from "./sign-in/oidc.js";

const KINDS = { cognito, oidc };
const KEPT = "safelight-tokens";
const EARLY_MS = 60_000;

/** Who is signed in, until the tab is closed. */
export class Session {
  constructor(config) {
    this.config = config;
    this.kind = KINDS[config.kind];
    this.tokens = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  }

  /** The session that this library's configuration asks for. */
  static async open() {
    const answer = await fetch("/gallery/config.json");
    const { sign_in: config } = await answer.json();
    const session = new Session(config);
    const returned = await session.kind.returned?.(config);
    if (returned) session.keep(returned);
    return session;
  }

  get signedIn() {
    return Boolean(this.tokens);
  }

  keep(tokens) {
    this.tokens = { ...this.tokens, ...tokens };
    sessionStorage.setItem(KEPT, JSON.stringify(this.tokens));
  }

  signOut() {
    this.tokens = null;
    sessionStorage.removeItem(KEPT);
  }

  /** Sign out here, and have the sign-in service end the session; without a network, it ends here alone. */
  async end() {
    const refresh = this.tokens?.refresh;
    this.signOut();
    if (refresh) await this.kind.revoke(this.config, refresh).catch(() => {});
  }

  /** A token that is good for a while yet; null when one has to sign in again. */
  async token() {
    if (this.tokens && Date.now() > this.tokens.expires - EARLY_MS) await this.renew();
    return this.tokens?.access ?? null;
  }

  /** Get a new token for the refresh token, or forget a session that is over. Requests at the same time share one. */
  async renew() {
    this.renewing ??= this.kind
      .renew(this.config, this.tokens?.refresh)
      .then((tokens) => this.keep(tokens))
      .catch((error) => {
        if (!(error instanceof TypeError)) this.signOut(); // a TypeError is a network that is away
      })
      .finally(() => (this.renewing = null));
    await this.renewing;
  }
}
