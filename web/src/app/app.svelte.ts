/** The state above all views: who is signed in, language, theme, address, toasts. */
import { getContext, setContext } from 'svelte';
import { Api } from '../api/client.ts';
import { Problem, Unreachable } from '../api/problem.ts';
import { codeOf } from '../domain/secondFactor.ts';
import { I18n, preferredLanguage, type Language } from '../i18n/i18n.svelte.ts';
import type { Db } from './db.svelte.ts';
import { Release } from './release.svelte.ts';
import { basePath, Router } from './router.svelte.ts';
import { forgetPerson, rememberedPerson, rememberPerson, type Me, type SignedIn } from './person.ts';
import type { Session } from './session.ts';
import { Toasts } from './toasts.svelte.ts';

export type Theme = 'system' | 'light' | 'dark';
type Access = 'unknown' | 'out' | 'in' | 'unreachable';

const CONTEXT = Symbol('app');
const LANGUAGE = 'headway.language';
const SINGLE_KEYS = 'headway.single-keys';

export class App {
  readonly base = basePath();
  private readonly stranger = new Api(new URL(this.base, location.href).href);
  readonly router = new Router(this.base);
  readonly i18n = new I18n();
  readonly toasts = new Toasts();
  readonly release = new Release();
  access = $state<Access>('unknown');
  /** The person has just made this account; Today begins with quick add for them, once. */
  newcomer = false;
  /** Whether keys without Ctrl or Alt do something. */
  singleKeys = $state(localStorage.getItem(SINGLE_KEYS) !== 'off');
  session = $state.raw<Session | null>(null);
  readonly t = this.i18n.t;
  readonly n = this.i18n.n;

  /** Asks as the person whose data is shown here, and as nobody else. */
  get api(): Api {
    return this.session?.db.api ?? this.stranger;
  }

  static provide(): App {
    return setContext(CONTEXT, new App());
  }

  /** Shows what this browser holds of the last person at once; otherwise asks the server who is signed in. */
  async start(): Promise<void> {
    const person = rememberedPerson();
    // Who was here before will need it: it comes beside the messages.
    if (person) void loadSession();
    this.useTheme(localStorage.getItem('headway.theme') as Theme | null);
    await this.useLanguage(localStorage.getItem(LANGUAGE) ?? '');
    if (person) await this.enter(person);
    else await this.recognise();
  }

  /** Asks the server who is signed in. */
  async recognise(): Promise<void> {
    try {
      const me = await this.api.get<Me>('/users/me');
      await this.enter(me.id);
    } catch (error) {
      if (error instanceof Unreachable) this.access = 'unreachable';
      else if (error instanceof Problem) this.access = 'out';
      else throw error;
    }
  }

  /** Signs in. `code` is of the authenticator app (six digits) or a recovery code; empty where there is no second factor. */
  async signIn(email: string, password: string, code: string): Promise<void> {
    const body = { email, password, ...codeOf(code) };
    const { user } = await this.api.post<SignedIn>('/auth/login', body, { renew: false });
    await this.enter(user.id);
  }

  /** After signing in, here or again. */
  async enter(userId: string): Promise<void> {
    if (this.session?.db.me === userId) {
      this.session.db.engine.resume();
      return;
    }
    rememberPerson(userId);
    await this.session?.close();
    const { Session } = await loadSession();
    // The shell's messages come while the storage is opened.
    void this.i18n.load('shell');
    const api = this.stranger.as({ person: userId, replaced: () => this.replaced(userId) });
    this.session = await Session.open(userId, api, this.router.route);
    this.access = 'in';
    void this.session.db.engine.start();
  }

  async signOut(): Promise<void> {
    try {
      await this.api.post('/auth/logout');
    } catch (error) {
      if (error instanceof Problem && error.code === 'other_person') return;
      // Without a network the cookie stays until the server's own expiry; what is stored here still goes.
      if (!(error instanceof Unreachable) && !(error instanceof Problem)) throw error;
    }
    const session = this.session;
    this.session = null;
    this.access = 'out';
    this.router.go('/sign-in', { replace: true });
    await session?.erase();
  }

  /** Somebody else has signed in here: their data is shown; what this person has queued waits for their own sign-in. */
  private replaced(userId: string): void {
    forgetPerson(userId);
    location.reload();
  }

  async useLanguage(wanted: string): Promise<void> {
    if (localStorage.getItem(LANGUAGE) === 'x-rtl') {
      document.documentElement.dir = 'rtl';
      return this.i18n.mirror();
    }
    const language: Language = wanted === 'en' || wanted === 'de' ? wanted : preferredLanguage(navigator.languages);
    await this.i18n.use(language);
    document.documentElement.lang = language;
    if (wanted) localStorage.setItem(LANGUAGE, language);
  }

  useTheme(theme: Theme | null): void {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
    else delete document.documentElement.dataset['theme'];
    if (theme) localStorage.setItem('headway.theme', theme);
  }

  useSingleKeys(on: boolean): void {
    this.singleKeys = on;
    localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off');
  }

  /** The sentence for any failure. */
  explain(error: unknown): string {
    if (error instanceof Unreachable) return this.t('error.unreachable');
    if (error instanceof Problem) return this.i18n.error(error.code);
    throw error;
  }
}

/** Who only signs in needs none of it yet. */
function loadSession(): Promise<typeof import('./session.ts')> {
  return import('./session.ts');
}

export function useApp(): App {
  return getContext<App>(CONTEXT);
}

/** The data of the signed-in person; only for views inside the shell. */
export function useDb(): Db {
  const { session } = useApp();
  if (!session) throw new Error('Nobody is signed in.');
  return session.db;
}
