// What the console asks of a browser, for tests that have none. Tests of one process share it.

const kept = new Map<string, string>();

Object.assign(globalThis, {
  document: { documentElement: { lang: 'en' } },
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  },
  BroadcastChannel: class {
    addEventListener() {}
    postMessage() {}
  },
});
