import type { TokenSource } from "../core/api";
import type { SignIn } from "../core/config";
import { Cognito } from "./cognito";
import { Oidc } from "./oidc";
import type { Provider, Tokens } from "./tokens";

const STORAGE_KEY = "safelight-tokens";
const EARLY_MS = 60_000;

/** The session of the signed-in user, until the tab is closed; sends "change" when it begins and when it ends. */
export class Session extends EventTarget implements TokenSource {
  readonly provider: Cognito | Oidc;
  private tokens: Tokens | null;
  private renewing: Promise<void> | null = null;

  constructor(config: SignIn) {
    super();
    this.provider = config.kind === "cognito" ? new Cognito(config) : new Oidc(config);
    this.tokens = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as Tokens | null;
  }

  get signedIn(): boolean {
    return this.tokens !== null;
  }

  /** Begin the session, or continue it with new tokens. */
  keep(tokens: Tokens): void {
    const began = !this.signedIn;
    this.tokens = { ...this.tokens, ...tokens };
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this.tokens));
    if (began) this.dispatchEvent(new Event("change"));
  }

  /** Forget the session, which is over. */
  end(): void {
    this.tokens = null;
    sessionStorage.removeItem(STORAGE_KEY);
    this.dispatchEvent(new Event("change"));
  }

  /** End the session here and at the provider. Where that cannot be reached, the tokens expire by themselves. */
  async signOut(): Promise<void> {
    const refresh = this.tokens?.refresh;
    const provider: Provider = this.provider;
    this.end();
    if (refresh) await provider.revoke(refresh).catch(() => {});
  }

  async token(): Promise<string | null> {
    if (this.tokens && Date.now() > this.tokens.expires - EARLY_MS) await this.renew();
    return this.tokens?.access ?? null;
  }

  /** Get new tokens for the refresh token, or end a session that is over. Calls at the same time share one request. */
  async renew(): Promise<void> {
    this.renewing ??= this.exchange().finally(() => {
      this.renewing = null;
    });
    await this.renewing;
  }

  private async exchange(): Promise<void> {
    try {
      const provider: Provider = this.provider;
      this.keep(await provider.renew(this.tokens?.refresh));
    } catch (error) {
      if (!(error instanceof TypeError)) this.end(); // a TypeError is a network that is away
    }
  }
}
