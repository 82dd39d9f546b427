/** Listen, Boards und was gleich dazugehört. */
import type { lists as english } from '../en/lists.ts';

export const lists: Readonly<Record<keyof typeof english, string>> = {
  'nav.activity': 'Aktivität',
  'nav.all_tasks': 'Alle Aufgaben',
  'nav.dashboard': 'Auswertung',
  'paste.add_one': '{count} Aufgabe hinzufügen',
  'paste.add_other': '{count} Aufgaben hinzufügen',
  'paste.added_one': '{count} Aufgabe hinzugefügt',
  'paste.added_other': '{count} Aufgaben hinzugefügt',
  'paste.title': 'Mehrere Zeilen wurden eingefügt',
  'paste.together': 'Als eine einfügen',
  'project.calendar': 'Kalender',
  'view.changed': 'Geändert',
  'view.clear': 'Filter aufheben',
  'view.display': 'Anzeige',
  'view.due_later': 'Später',
  'view.due_none': 'Kein Datum',
  'view.due_overdue': 'Überfällig',
  'view.due_today': 'Heute',
  'view.due_tomorrow': 'Morgen',
  'view.due_week': 'Nächste 7 Tage',
  'view.filter': 'Filtern',
  'view.no_label': 'Ohne Label',
  'view.no_match_text': 'Keine Aufgabe passt zu allen Filtern.',
  'view.nobody': 'Niemand',
  'view.nothing_text': 'Hier erscheinen die Aufgaben aller Projekte.',
};
