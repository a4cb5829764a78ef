import { pathTo } from './router.ts';

export const pages = [
  { name: '', title: 'Pipeline', icon: 'M2 8h3m6-4h3m-3 8h3M5 8l3-4h3M5 8l3 4h3' },
  { name: 'orders', title: 'Orders', icon: 'M3 5l5-3 5 3v6l-5 3-5-3zM3 5l5 3 5-3M8 8v6' },
  { name: 'journey', title: 'Journey', icon: 'M2 4h5M6 8h5M9 12h5' },
  { name: 'events', title: 'Events', icon: 'M9 2L4 9h4l-1 5 5-7H8z' },
  { name: 'rules', title: 'Rules', icon: 'M2 3h12l-4.5 5.5V13l-3-1.5v-3z' },
  { name: 'tables', title: 'Tables', icon: 'M2 3h12v10H2zM2 6.5h12M6.5 3v10' },
  { name: 'metrics', title: 'Metrics', icon: 'M2 13V3m0 10h12M5 10l3-4 2 2 3-4' },
  { name: 'failures', title: 'Failures', icon: 'M8 2l6.5 11.5h-13zM8 6.5v3m0 1.8v.2' },
  { name: 'logs', title: 'Logs', icon: 'M3 4h10M3 8h10M3 12h6' },
] as const;

export const Nav = ({ current }: { current: string }) => (
  <nav aria-label="Pages">
    {pages.map(({ name, title, icon }) => (
      <a
        key={name}
        href={name === '' ? '/_console' : pathTo(name)}
        aria-current={name === current ? 'page' : undefined}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={icon} />
        </svg>
        {title}
      </a>
    ))}
  </nav>
);
