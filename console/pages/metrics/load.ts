/** The page with its charts. uPlot fails to load where the system has a language that is no language tag, as `en-US@posix`. */
export const loadMetrics = () => {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en-US' });
  }
  return import('./page.tsx');
};
