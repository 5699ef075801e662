/* Any OpenID Connect provider, by the Authorization Code flow with PKCE (RFC 6749, RFC 7636). */

import * as oauth from "oauth4webapi";
import type { SignIn } from "../core/config";
import type { Provider, Tokens } from "./tokens";

type OidcConfig = Extract<SignIn, { kind: "oidc" }>;

const STORAGE_KEY = "safelight-oidc";
const SCOPE = "openid offline_access";
const DEFAULT_SECONDS = 3600;

interface Pending {
  readonly state: string;
  readonly verifier: string;
}

/** Signs in at the provider's own page, which leads back to this one. */
export class Oidc implements Provider {
  private readonly client: oauth.Client;
  private readonly options: { [oauth.allowInsecureRequests]: boolean };

  constructor(private readonly config: OidcConfig) {
    this.client = { client_id: config.client_id };
    // A provider on plain HTTP is one on this machine: the library is configured for it, the page need not refuse.
    this.options = { [oauth.allowInsecureRequests]: config.issuer.startsWith("http:") };
  }

  /** Leave for the provider's page. */
  async leave(): Promise<void> {
    const pending: Pending = { state: oauth.generateRandomState(), verifier: oauth.generateRandomCodeVerifier() };
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(pending));
    const { authorization_endpoint: endpoint } = await this.discovered();
    if (!endpoint) throw new Error("The sign-in service names no page to sign in at.");
    const address = new URL(endpoint);
    const parameters = {
      response_type: "code",
      client_id: this.config.client_id,
      redirect_uri: home(),
      scope: SCOPE,
      state: pending.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: "S256",
    };
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
    location.assign(address);
  }

  async completeRedirect(): Promise<Tokens | null> {
    const pending = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as Pending | null;
    const address = new URL(location.href);
    if (!pending || address.searchParams.get("state") !== pending.state) return null;
    sessionStorage.removeItem(STORAGE_KEY);
    history.replaceState(null, "", home());
    const server = await this.discovered();
    const parameters = oauth.validateAuthResponse(server, this.client, address, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      this.client,
      oauth.None(),
      parameters,
      home(),
      pending.verifier,
      this.options,
    );
    return tokensOf(await oauth.processAuthorizationCodeResponse(server, this.client, response));
  }

  async renew(refresh: string | undefined): Promise<Tokens> {
    if (!refresh) throw new Error("There is no refresh token.");
    const server = await this.discovered();
    const response = await oauth.refreshTokenGrantRequest(server, this.client, oauth.None(), refresh, this.options);
    return tokensOf(await oauth.processRefreshTokenResponse(server, this.client, response));
  }

  async revoke(refresh: string): Promise<void> {
    const server = await this.discovered();
    if (!server.revocation_endpoint) return; // the provider offers no revocation
    await oauth.revocationRequest(server, this.client, oauth.None(), refresh, this.options);
  }

  private async discovered(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.config.issuer);
    const response = await oauth.discoveryRequest(issuer, this.options);
    try {
      return await oauth.processDiscoveryResponse(issuer, response);
    } catch {
      throw new Error("The sign-in service did not answer as it should. Ask the owner of the library.");
    }
  }
}

const home = () => `${location.origin}/`;

function tokensOf({ access_token, expires_in, refresh_token }: oauth.TokenEndpointResponse): Tokens {
  return {
    access: access_token,
    expires: Date.now() + (expires_in ?? DEFAULT_SECONDS) * 1000,
    ...(refresh_token && { refresh: refresh_token }),
  };
}
