// Runs before anything is painted, so that neither the theme nor the language of the page is seen to change.
// Kept apart from the bundle because the server's Content-Security-Policy allows no script inside a page.
(() => {
  const root = document.documentElement;
  let theme = 'auto';
  let language = null;
  try {
    theme = localStorage.getItem('swati.theme') || 'auto';
    language = localStorage.getItem('swati.language');
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  if (!/^(en|hi|mr)$/.test(language || '')) {
    const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
    language = spoken.find((tag) => tag === 'en' || tag === 'hi' || tag === 'mr') || 'en';
  }
  root.lang = language;
})();
