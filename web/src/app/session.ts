/** The signed-in person's data in this browser. */
import { httpTransport } from '../api/transport.ts';
import type { Api } from '../api/client.ts';
import { Storage } from '../sync/persist.ts';
import { joinTabs } from '../sync/tabs.ts';
import { Db } from './db.svelte.ts';
import { firstScopes } from './first.ts';
import { REMEMBERED } from './person.ts';
import { forgetDrafts } from './drafts.ts';
import type { Route } from './routes.ts';
