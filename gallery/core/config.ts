/** How to sign in: with Cognito's own API, or with any OpenID Connect provider. */
export type SignIn =
  | { readonly kind: "cognito"; readonly endpoint: string; readonly client_id: string }
  | { readonly kind: "oidc"; readonly issuer: string; readonly client_id: string };

/** The server's configuration: its sign-in, the facets that photos are listed by, and its limits. */
export interface Config {
  readonly sign_in: SignIn;
  readonly facets: readonly string[];
  readonly limits: { readonly page: number; readonly caption: number; readonly album: number };
}

/** Load the configuration. Throws TypeError where the server cannot be reached. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch("/gallery/config.json");
  return (await response.json()) as Config;
}
