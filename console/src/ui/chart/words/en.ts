export const en = { day: 'Day', from: '{label}, from', to: '{label}, to' } as const;
