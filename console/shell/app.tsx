import { useEffect } from 'preact/hooks';
import { EventsPage } from '../pages/events/page.tsx';
import { FailuresPage } from '../pages/failures/page.tsx';
import { JourneyPage } from '../pages/journey/page.tsx';
import { LogsPage } from '../pages/logs/page.tsx';
import { loadMetrics } from '../pages/metrics/load.ts';
import { OrdersPage } from '../pages/orders/page.tsx';
import { PipelinePage } from '../pages/pipeline/page.tsx';
import { RulesPage } from '../pages/rules/page.tsx';
import { TablesPage } from '../pages/tables/page.tsx';
import { Empty } from '../parts/panel.tsx';
import { lazy } from './lazy.tsx';
import { Nav, pages } from './nav.tsx';
import { useRoute } from './router.ts';
import { StatusStrip } from './status-strip.tsx';
import { TopBar } from './top-bar.tsx';

const views: Record<string, preact.FunctionComponent> = {
  '': PipelinePage,
  orders: OrdersPage,
  journey: JourneyPage,
  events: EventsPage,
  rules: RulesPage,
  tables: TablesPage,
  metrics: lazy(loadMetrics),
  failures: FailuresPage,
  logs: LogsPage,
};

export function App() {
  const { path } = useRoute();
  const [name = ''] = path;
  const View = views[name];
  const title = pages.find((page) => page.name === name)?.title ?? 'Not found';
  useEffect(() => {
    document.title = `${title} · Orders console`;
  }, [title]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <TopBar />
      <StatusStrip />
      <div class="body">
        <Nav current={name} />
        <main id="main" tabIndex={-1}>
          {View ? <View /> : <Empty title="There is no such page." />}
        </main>
      </div>
    </>
  );
}
