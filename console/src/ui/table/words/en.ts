export const en = {
  nextRow: 'Next row',
  previousRow: 'Row before',
  choose: 'Choose {name}',
  chooseAll: 'Choose all',
} as const;
