import manifest from '../../package.json' with { type: 'json' };
import { readMigrations } from '../store/sqlite/migrate.ts';

/** What whoever is asked for help wants to know first. The schema is the newest that this program knows; a shop's says `swati status`. */
export function versionLines(): string[] {
  return [
    `swati      ${manifest.version}`,
    `node       ${process.versions.node}`,
    `sqlite     ${process.versions.sqlite}`,
    `schema     ${readMigrations().length}`,
  ];
}
