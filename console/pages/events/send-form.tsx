import { useState } from 'preact/hooks';
import type { EventDetail } from '../../../local/console/shapes/events.ts';
import { ApiError, post } from '../../shell/api.ts';
import { navigate, pathTo } from '../../shell/router.ts';

const example = { hello: 'world' };

/** PutEvents with one entry: of an event that is there, with other contents, or of one's own. */
export function SendForm({ from, close }: { from?: EventDetail; close: () => void }) {
  const detail = from ? (JSON.parse(from.json) as { detail: unknown }).detail : example;
  const [text, setText] = useState(JSON.stringify(detail, null, 2));
  const [error, setError] = useState('');
  const send = async (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [bus, source, type] = ['bus', 'source', 'type'].map((name) => form.get(name));
    try {
      await post('/events', { bus, source, type, detail: text });
      close();
      navigate(pathTo('events'));
    } catch (failure) {
      setError(failure instanceof ApiError ? failure.message : String(failure));
    }
  };
  return (
    <form class="form send-form" onSubmit={(event) => void send(event)} aria-label="Send an event">
      <label>
        <span>Bus</span>
        <input name="bus" defaultValue={from?.bus ?? 'orders'} required />
      </label>
      <label>
        <span>Source</span>
        <input name="source" defaultValue={from?.source ?? 'my.test'} required />
      </label>
      <label class="wide">
        <span>Detail type</span>
        <input name="type" defaultValue={from?.type ?? 'Test'} required />
      </label>
      <label class="wide">
        <span>Detail, as JSON</span>
        <textarea
          rows={10}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          spellcheck={false}
        />
      </label>
      {error !== '' && (
        <p class="wide error-text" role="alert">
          {error}
        </p>
      )}
      <div class="wide actions">
        <button type="submit" class="primary">
          Send
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
        <span class="note">It does not pass through the table: no order changes.</span>
      </div>
    </form>
  );
}
