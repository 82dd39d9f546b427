/** The shapes of the API by name, out of the server's own OpenAPI document (`npm run api`). */
import type { components } from './schema';

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
