import { render } from 'preact';
import { App } from './shell/app.tsx';
import { followLinks } from './shell/router.ts';

const root = document.getElementById('console');
if (root) {
  followLinks();
  render(<App />, root);
}
