import { Code } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { pathTo } from '../../shell/router.ts';
import { ask, asCurl, isOk, parsed, type Actor, type Exchange } from './http.ts';

interface Problem {
  title?: string;
  code?: string;
  detail?: string;
  message?: string;
  errors?: { pointer?: string; parameter?: string; detail?: string }[];
}

/** What was asked and answered last, to learn the API from. */
export function ExchangePanel({
  exchange,
  actor,
  onRepaired,
}: {
  exchange: Exchange;
  actor: Actor;
  onRepaired: () => void;
}) {
  const { method, path, body, status, answered, answer, took } = exchange;
  const correlationId = answered['x-correlation-id'];
  const headers = ['etag', 'location', 'x-correlation-id', 'retry-after', 'idempotency-replayed'].flatMap(
    (name) => (answered[name] === undefined ? [] : [`${name}: ${answered[name]}`]),
  );
  return (
    <Panel
      title={
        <>
          Request and answer <Badge state={isOk(exchange) ? 'ok' : 'failed'}>{`${status}`}</Badge>
        </>
      }
      actions={
        <>
          <span class="note">{took}</span>
          <CopyButton text={asCurl(exchange)} label="Copy as curl" />
          {correlationId !== undefined && method !== 'GET' && (
            <a href={pathTo('journey', correlationId)}>Open its journey</a>
          )}
        </>
      }
    >
      <div class="stack">
        {!isOk(exchange) && <Refusal exchange={exchange} actor={actor} onRepaired={onRepaired} />}
        <pre class="code" tabIndex={0}>
          {[`${method} ${path}`, ...(body === null ? [] : ['', body])].join('\n')}
        </pre>
        {headers.length > 0 && (
          <pre class="code" tabIndex={0}>
            {headers.join('\n')}
          </pre>
        )}
        {answer !== '' && <Code text={answer} />}
      </div>
    </Panel>
  );
}

function Refusal({
  exchange,
  actor,
  onRepaired,
}: {
  exchange: Exchange;
  actor: Actor;
  onRepaired: () => void;
}) {
  const { code, title, detail, message, errors = [] } = problemIn(exchange);
  const enter = async () => {
    const body = { name: actor.user, role: 'Clerk', active: true };
    await ask({ as: 'admin', user: 'admin' }, { method: 'PUT', path: `/users/${actor.user}`, body });
    onRepaired();
  };
  return (
    <div class="error-text" role="alert">
      <b>{title ?? message ?? 'Refused'}</b> {detail}
      {errors.map(({ pointer, parameter, detail: what }) => (
        <div key={pointer ?? parameter}>
          <code>{pointer ?? parameter}</code> {what}
        </div>
      ))}
      {code === 'staff-inactive' && (
        <p>
          <button type="button" onClick={() => void enter()}>
            Enter {actor.user} as staff
          </button>
        </p>
      )}
    </div>
  );
}

function problemIn(exchange: Exchange): Problem {
  try {
    return parsed(exchange) as Problem;
  } catch {
    return { message: exchange.answer };
  }
}
