/** The tokens of a session; `expires` is in milliseconds since 1970. */
export interface Tokens {
  readonly access: string;
  readonly expires: number;
  readonly refresh?: string;
}

/** A way to sign in. */
export interface Provider {
  /** Give new tokens for the refresh token. Throws TypeError without a network, else Error. */
  renew(refresh: string | undefined): Promise<Tokens>;
  /** Make the refresh token, and all tokens that came of it, worthless. Throws TypeError without a network. */
  revoke(refresh: string): Promise<void>;
  /** Give the tokens of a sign-in that has just returned to this page, or null. */
  completeRedirect(): Promise<Tokens | null>;
}
