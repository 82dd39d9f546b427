/** The icons that a project can have: a part of Lucide, each loaded when it is shown. */
import type { Component } from 'svelte';

export type Icon = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;
type Load = () => Promise<{ default: Icon }>;

export const PROJECT_ICONS: Readonly<Record<string, Load>> = {
  anchor: () => import('@lucide/svelte/icons/anchor'),
  book: () => import('@lucide/svelte/icons/book'),
  briefcase: () => import('@lucide/svelte/icons/briefcase'),
  bug: () => import('@lucide/svelte/icons/bug'),
  building: () => import('@lucide/svelte/icons/building'),
  calendar: () => import('@lucide/svelte/icons/calendar'),
  camera: () => import('@lucide/svelte/icons/camera'),
  code: () => import('@lucide/svelte/icons/code'),
  coins: () => import('@lucide/svelte/icons/coins'),
  compass: () => import('@lucide/svelte/icons/compass'),
  flag: () => import('@lucide/svelte/icons/flag'),
  flask: () => import('@lucide/svelte/icons/flask-conical'),
  gift: () => import('@lucide/svelte/icons/gift'),
  globe: () => import('@lucide/svelte/icons/globe'),
  hammer: () => import('@lucide/svelte/icons/hammer'),
  heart: () => import('@lucide/svelte/icons/heart'),
  house: () => import('@lucide/svelte/icons/house'),
  leaf: () => import('@lucide/svelte/icons/leaf'),
  megaphone: () => import('@lucide/svelte/icons/megaphone'),
  palette: () => import('@lucide/svelte/icons/palette'),
  plane: () => import('@lucide/svelte/icons/plane'),
  rocket: () => import('@lucide/svelte/icons/rocket'),
  server: () => import('@lucide/svelte/icons/server'),
  star: () => import('@lucide/svelte/icons/star'),
  truck: () => import('@lucide/svelte/icons/truck'),
  users: () => import('@lucide/svelte/icons/users'),
};
