import { element } from "../dom.js";

const TARGET = "AWSCognitoIdentityProviderService.";

async function call(config, operation, body) {
  const answer = await fetch(config.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": TARGET + operation },
    body: JSON.stringify({ ClientId: config.client_id, ...body }),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(refusal(said));
  return said;
}

// Refusals of Cognito, by the name of the exception.
const REFUSALS = {
  NotAuthorizedException: "The user name or the password is wrong.",
  UserNotFoundException: "The user name or the password is wrong.",
  UserNotConfirmedException: "This account is not confirmed yet. Ask the owner of the library.",
  PasswordResetRequiredException: "The password has to be reset. Ask the owner of the library.",
  TooManyRequestsException: "Too many attempts. Wait a few minutes, then try again.",
  LimitExceededException: "Too many attempts. Wait a few minutes, then try again.",
};

function refusal({ __type: type = "", message = "" }) {
  const name = type.split("#").at(-1);
  // The rules for passwords are the user pool's own: its message names the one that was not met.
  if (name === "InvalidPasswordException") return `Choose another password. ${message}`;
  if (message.startsWith("Password attempts exceeded")) return REFUSALS.LimitExceededException;
  return REFUSALS[name] ?? "The sign-in failed. Try again.";
}

function tokens(result) {
  return {
    access: result.AccessToken,
    expires: Date.now() + result.ExpiresIn * 1000,
    ...(result.RefreshToken && { refresh: result.RefreshToken }),
  };
}

/** New tokens for the refresh token. */
export async function renew(config, refresh) {
  const parameters = { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN: refresh } };
  return tokens((await call(config, "InitiateAuth", parameters)).AuthenticationResult);
}

/** Shows the form in a place and resolves with tokens once somebody has signed in. */
export function ask(config, place) {
  return new Promise((signedIn) => place.replaceChildren(askForPassword(config, place, signedIn)));
}

function askForPassword(config, place, signedIn) {
  const user = element("input", { name: "username", autocomplete: "username", required: true });
  const password = element("input", {
    name: "password",
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  return form("Sign in", [label("User name or e-mail", user), label("Password", password)], async () => {
    const parameters = { USERNAME: user.value.trim(), PASSWORD: password.value };
    const said = await call(config, "InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: parameters });
    if (said.ChallengeName === "NEW_PASSWORD_REQUIRED") {
      place.replaceChildren(askForNewPassword(config, user.value.trim(), said.Session, signedIn));
    } else if (said.ChallengeName) {
      throw new Error(`This page does not support the step that the sign-in service asks for (${said.ChallengeName}).`);
    } else {
      signedIn(tokens(said.AuthenticationResult));
    }
  });
}

function askForNewPassword(config, user, session, signedIn) {
  const password = element("input", {
    name: "new-password",
    type: "password",
    autocomplete: "new-password",
    required: true,
  });
  const hidden = element("input", { name: "username", autocomplete: "username", value: user, hidden: true });
  return form("Choose a password", [hidden, label("New password", password)], async () => {
    const said = await call(config, "RespondToAuthChallenge", {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeResponses: { USERNAME: user, NEW_PASSWORD: password.value },
      Session: session,
    });
    signedIn(tokens(said.AuthenticationResult));
  });
}

const label = (text, input) => element("label", {}, text, input);

function form(title, fields, submit) {
  const wrong = element("p", { className: "wrong", role: "alert", hidden: true });
  const button = element("button", { className: "primary", type: "submit", textContent: title });
  const made = element("form", { className: "card" }, element("h1", { textContent: title }), ...fields, wrong, button);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    wrong.hidden = true;
    try {
      await submit();
    } catch (error) {
      wrong.textContent =
        error instanceof TypeError ? "The sign-in service cannot be reached. Try again." : error.message;
      wrong.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
  return made;
}
