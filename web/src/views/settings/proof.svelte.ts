/** That it is still the same person: the password and, with a second factor, a code of the app or a recovery code. */
import { codeOf } from '../../domain/secondFactor.ts';

const WRONG_CODE: readonly string[] = ['totp_wrong', 'recovery_code_wrong', 'totp_required'];
/** Codes of refusals that stand beside the fields of a proof. */
export const WRONG_PROOF: readonly string[] = ['wrong_password', ...WRONG_CODE];

/** What of a refusal stands beside the field of the second factor's code. */
export function isWrongCode(code: string): boolean {
  return WRONG_CODE.includes(code);
}

/** The password, and with a second factor its code. */
export class Proof {
  password = $state('');
  code = $state('');

  /** The fields of a request. */
  get body(): Readonly<Record<string, string>> {
    return { password: this.password, ...codeOf(this.code) };
  }

  clear(): void {
    this.password = '';
    this.code = '';
  }
}
