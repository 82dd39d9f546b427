/** A second factor's code, as it was typed, in the field of a request that takes it. */
export function codeOf(typed: string): Readonly<Record<string, string>> {
  const code = typed.replace(/\s/g, '');
  if (code === '') return {};
  // Six digits are of the authenticator app; recovery codes are longer.
  return /^\d{6}$/.test(code) ? { totp_code: code } : { recovery_code: code };
}
