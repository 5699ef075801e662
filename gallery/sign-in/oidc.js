import { element } from "../dom.js";

/* Any OIDC issuer, by the Authorization Code flow with PKCE: RFC 6749 and RFC 7636. */

const KEPT = "safelight-oidc";
const home = () => `${location.origin}/`;

const url64 = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const random = () => url64(crypto.getRandomValues(new Uint8Array(32)));

async function discovered(config) {
  const answer = await fetch(`${config.issuer}/.well-known/openid-configuration`);
  return answer.json();
}

async function exchange(config, parameters) {
  const { token_endpoint: endpoint } = await discovered(config);
  const body = new URLSearchParams({ client_id: config.client_id, ...parameters });
  const answer = await fetch(endpoint, { method: "POST", body });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error_description || said.error || "The sign-in service refused.");
  return {
    access: said.access_token,
    expires: Date.now() + (said.expires_in ?? 3600) * 1000,
    ...(said.refresh_token && { refresh: said.refresh_token }),
  };
}

/** New tokens for the refresh token. */
export const renew = (config, refresh) =>
  refresh
    ? exchange(config, { grant_type: "refresh_token", refresh_token: refresh })
    : Promise.reject(new Error("There is no refresh token."));

/** End the refresh token, where the issuer offers that (RFC 7009). */
export async function revoke(config, refresh) {
  const { revocation_endpoint: endpoint } = await discovered(config);
  const body = new URLSearchParams({ client_id: config.client_id, token: refresh, token_type_hint: "refresh_token" });
  if (endpoint) await fetch(endpoint, { method: "POST", body });
}

/** Tokens, when the issuer has just sent the person back to this page; else null. */
export async function returned(config) {
  const said = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (!kept || !said.get("code") || said.get("state") !== kept.state) return null;
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, "", home());
  const parameters = { code: said.get("code"), redirect_uri: home(), code_verifier: kept.verifier };
  return exchange(config, { grant_type: "authorization_code", ...parameters });
}

/** Shows a button that leads to the issuer, who sends the person back. */
export function ask(config, place) {
  const button = element("button", { className: "primary", type: "button", textContent: "Sign in" });
  button.addEventListener("click", () => leave(config));
  place.replaceChildren(element("div", { className: "card" }, element("h1", { textContent: "Safelight" }), button));
  return new Promise(() => {});
}

async function leave(config) {
  const kept = { state: random(), verifier: random() };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.verifier));
  const { authorization_endpoint: endpoint } = await discovered(config);
  const asked = new URL(endpoint);
  asked.search = new URLSearchParams({
    response_type: "code",
    client_id: config.client_id,
    redirect_uri: home(),
    scope: "openid offline_access",
    state: kept.state,
    code_challenge: url64(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(asked);
}
