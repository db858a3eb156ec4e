// What the address of the people's page may say.

export interface PeopleSearch {
  /** The form for a new account. */
  add?: true | undefined;
  /** The account that is changed. */
  person?: string | undefined;
}

export function readPeopleSearch({ add, person }: Record<string, unknown>): PeopleSearch {
  return {
    ...(add === true ? { add } : {}),
    ...(typeof person === 'string' ? { person } : {}),
  };
}
