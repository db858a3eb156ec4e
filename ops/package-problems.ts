// What is wrong with the packages of a lock file: licences that the shop may not take on, code that runs at install.

export interface LockedPackage {
  license?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);
/** A library that is loaded, not linked into anything of ours, and that anybody may replace by another build. */
const LOADED_LIBRARY = /^node_modules\/@img\/sharp-/;

/** Each package with a problem, once a problem. Licences count for what is installed in production. */
export function packageProblems(packages: Record<string, LockedPackage>): string[] {
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .flatMap(([path, one]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [
        ...(one.dev || isAllowed(path, one.license)
          ? []
          : [`${name}: the licence ${one.license ?? '(none)'}`]),
        ...(one.hasInstallScript ? [`${name}: runs code when it is installed`] : []),
      ];
    });
}

/** `MIT OR GPL-3.0` gives a choice, `MIT AND Apache-2.0` binds to both. */
function isAllowed(path: string, license = ''): boolean {
  const choices = license.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) =>
    choice
      .split(' AND ')
      .every((term) => ALLOWED.has(term) || (term === 'LGPL-3.0-or-later' && LOADED_LIBRARY.test(path))),
  );
}
