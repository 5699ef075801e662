import type { SignIn } from "../core/config";
import type { Provider, Tokens } from "./tokens";

type CognitoConfig = Extract<SignIn, { kind: "cognito" }>;

const TARGET = "AWSCognitoIdentityProviderService.";
const WRONG = "The user name or the password is wrong.";
const TOO_MANY = "Too many attempts. Wait a few minutes, then try again.";
// Refusals, by the name of Cognito's exception.
const REFUSALS: Readonly<Record<string, string>> = {
  NotAuthorizedException: WRONG,
  UserNotFoundException: WRONG,
  UserNotConfirmedException: "This account is not confirmed yet. Ask the owner of the library.",
  PasswordResetRequiredException: "The password has to be reset. Ask the owner of the library.",
  TooManyRequestsException: TOO_MANY,
  LimitExceededException: TOO_MANY,
};

interface AuthenticationResult {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly RefreshToken?: string;
}

interface Answer {
  readonly AuthenticationResult?: AuthenticationResult;
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly __type?: string;
  readonly message?: string;
}

/** The next step of a sign-in: done, or a new password to choose. */
export type Step = { readonly tokens: Tokens } | { readonly session: string };

/** Signs in with Cognito's own API, by user name and password. */
export class Cognito implements Provider {
  constructor(private readonly config: CognitoConfig) {}

  /** Sign in. Throws Error with the reason in words, TypeError without a network. */
  async signIn(user: string, password: string): Promise<Step> {
    const parameters = { USERNAME: user, PASSWORD: password };
    const answer = await this.call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: parameters });
    if (answer.ChallengeName === "NEW_PASSWORD_REQUIRED") return { session: answer.Session ?? "" };
    return { tokens: tokensOf(answer) };
  }

  /** Choose a password, at the first sign-in. Throws Error with the reason in words. */
  async choosePassword(user: string, password: string, session: string): Promise<Tokens> {
    const responses = { USERNAME: user, NEW_PASSWORD: password };
    const challenge = { ChallengeName: "NEW_PASSWORD_REQUIRED", ChallengeResponses: responses, Session: session };
    return tokensOf(await this.call("RespondToAuthChallenge", challenge));
  }

  async renew(refresh: string | undefined): Promise<Tokens> {
    if (!refresh) throw new Error("There is no refresh token.");
    const parameters = { REFRESH_TOKEN: refresh };
    return tokensOf(await this.call("InitiateAuth", { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: parameters }));
  }

  async revoke(refresh: string): Promise<void> {
    await this.call("RevokeToken", { Token: refresh });
  }

  completeRedirect(): Promise<null> {
    return Promise.resolve(null);
  }

  private async call(operation: string, body: object): Promise<Answer> {
    const response = await fetch(this.config.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + operation },
      body: JSON.stringify({ ClientId: this.config.client_id, ...body }),
    });
    const answer = (await response.json().catch(() => ({}))) as Answer;
    if (!response.ok) throw new Error(refusal(answer));
    return answer;
  }
}

function refusal({ __type: type = "", message = "" }: Answer): string {
  const name = type.split("#").at(-1) ?? "";
  // The rules for passwords are the user pool's own: its message names the one that was not met.
  if (name === "InvalidPasswordException") return `Choose another password. ${message}`;
  if (message.startsWith("Password attempts exceeded")) return TOO_MANY;
  return REFUSALS[name] ?? "The sign-in failed. Try again.";
}

function tokensOf({ AuthenticationResult: result, ChallengeName: challenge }: Answer): Tokens {
  if (!result) throw new Error(`This page does not support the step that the sign-in service asks for (${challenge}).`);
  return {
    access: result.AccessToken,
    expires: Date.now() + result.ExpiresIn * 1000,
    ...(result.RefreshToken && { refresh: result.RefreshToken }),
  };
}
