/** That it is still the same person: the password and, with a second factor, a code of the app or a recovery code. */
export class Proof {
  password = $state('');
  code = $state('');

  /** The fields of a request. */
  get body(): Readonly<Record<string, string>> {
    const code = this.code.replace(/\s/g, '');
    if (code === '') return { password: this.password };
    return { password: this.password, ...(/^\d{6}$/.test(code) ? { totp_code: code } : { recovery_code: code }) };
  }

  clear(): void {
    this.password = '';
    this.code = '';
  }
}
