/** Signing in, for the first time or again: the account may ask for a code once the password was right. */
import type { App } from '../../app/app.svelte.ts';
import { Form } from '../../ui/form.svelte.ts';

export class SigningIn {
  readonly form: Form;
  email = $state('');
  password = $state('');
  code = $state('');
  needsCode = $state(false);

  constructor(private readonly app: App) {
    this.form = new Form(app);
  }

  /** Whether the person is in. */
  async send(event: SubmitEvent): Promise<boolean> {
    event.preventDefault();
    const done = await this.form.send(() => this.app.signIn(this.email, this.password, this.code));
    if (!done && !this.needsCode && this.form.code.startsWith('totp')) {
      this.needsCode = true;
      // That a code is missing is no mistake: its field says what to do.
      this.form.message = '';
    }
    return done;
  }
}
