/** One's own settings of views, which this browser keeps: a key for each view. */
export function keyOfSettings(me: string, viewId: string): string {
  return `headway.view.${me}.${viewId}`;
}

export function forgetViewSettings(me: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(keyOfSettings(me, ''))) localStorage.removeItem(key);
  }
}
