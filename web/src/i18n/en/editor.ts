/** The task with all that hangs on it: loaded with it. */
export const editor = {
  'writer.bold': 'Bold',
} as const;
