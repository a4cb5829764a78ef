import { useEffect, useRef } from 'preact/hooks';
import { useLive } from './live.ts';
import { navigate, pathTo, useRoute } from './router.ts';

export function TopBar() {
  const input = useRef<HTMLInputElement>(null);
  const { path } = useRoute();
  const shown = path[0] === 'journey' ? (path[1] ?? '') : '';
  const live = useLive();

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isTyping = (event.target as Element).closest('input, textarea, select') !== null;
      if (event.key !== '/' || isTyping || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);

  const open = (event: Event) => {
    event.preventDefault();
    const id = input.current?.value.trim() ?? '';
    if (id !== '') navigate(pathTo('journey', id));
  };

  return (
    <header class="top">
      <a class="brand" href="/_console">
        <img src="/_console/assets/icon.svg" alt="" width="22" height="22" />
        Orders console
      </a>
      <form role="search" onSubmit={open}>
        <input
          key={shown}
          ref={input}
          type="search"
          defaultValue={shown}
          placeholder="Open any id: order, event, correlation, request"
          aria-label="Open the journey of an id"
          spellcheck={false}
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
      <span class={live?.connected === true ? 'live on' : 'live'} role="status">
        <i aria-hidden="true" />
        {live?.connected === true ? 'Live' : 'Connecting'}
      </span>
    </header>
  );
}
