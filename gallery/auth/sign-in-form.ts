import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { PageElement } from "../core/element";
import { Cognito } from "./cognito";
import type { Oidc } from "./oidc";
import type { Session } from "./session";
import type { Tokens } from "./tokens";

type Submit = (fields: FormData) => Promise<void>;

/** The form to sign in: with user name and password, or by the provider's own page. */
export class SignInForm extends PageElement {
  @property({ attribute: false }) accessor session: Session | null = null;
  @state() private accessor challenge: { user: string; session: string } | null = null;
  @state() private accessor failure = "";
  @state() private accessor busy = false;

  protected override render() {
    const provider = this.session?.provider;
    if (!provider) return nothing;
    if (!(provider instanceof Cognito)) return this.leaving(provider);
    return this.challenge ? this.newPassword(provider, this.challenge) : this.password(provider);
  }

  private password(cognito: Cognito): TemplateResult {
    const submit: Submit = async (fields) => {
      const user = String(fields.get("username")).trim();
      const step = await cognito.signIn(user, String(fields.get("password")));
      if ("tokens" in step) this.keep(step.tokens);
      else this.challenge = { user, session: step.session };
    };
    return this.form(
      "Sign in",
      html`
        <label>User name or e-mail<input name="username" autocomplete="username" required /></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
      `,
      submit,
    );
  }

  private newPassword(cognito: Cognito, { user, session }: { user: string; session: string }): TemplateResult {
    const submit: Submit = async (fields) =>
      this.keep(await cognito.choosePassword(user, String(fields.get("new-password")), session));
    return this.form(
      "Choose a password",
      html`
        <input name="username" autocomplete="username" .value=${user} hidden />
        <label>New password<input name="new-password" type="password" autocomplete="new-password" required /></label>
      `,
      submit,
    );
  }

  private leaving(oidc: Oidc): TemplateResult {
    return this.form("Sign in", html``, () => oidc.leave());
  }

  private form(title: string, fields: TemplateResult, submit: Submit): TemplateResult {
    return html`<form class="card" @submit=${(event: SubmitEvent) => this.submit(event, submit)}>
      <h1>${title}</h1>
      ${fields}
      <p class="wrong" role="alert" ?hidden=${!this.failure}>${this.failure}</p>
      <button class="primary" type="submit" ?disabled=${this.busy}>${title}</button>
    </form>`;
  }

  private async submit(event: SubmitEvent, submit: Submit): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.failure = "";
    try {
      await submit(new FormData(event.target as HTMLFormElement));
    } catch (error) {
      this.failure = reason(error);
    } finally {
      this.busy = false;
    }
  }

  private keep(tokens: Tokens): void {
    this.challenge = null;
    this.session?.keep(tokens);
  }
}

const reason = (error: unknown) =>
  error instanceof TypeError || !(error instanceof Error)
    ? "The sign-in service cannot be reached. Try again."
    : error.message;

customElements.define("sign-in-form", SignInForm);
