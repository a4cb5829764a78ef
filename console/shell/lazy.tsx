import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A page whose script is loaded when it is first looked at. */
export function lazy(load: () => Promise<{ default: FunctionComponent }>): FunctionComponent {
  let loaded: FunctionComponent | undefined;
  return function Lazy() {
    const [Page, setPage] = useState(() => loaded);
    useEffect(() => {
      if (!loaded) {
        void load().then((module) => {
          loaded = module.default;
          setPage(() => module.default);
        });
      }
    }, []);
    return Page ? <Page /> : <p class="muted">Loading …</p>;
  };
}
