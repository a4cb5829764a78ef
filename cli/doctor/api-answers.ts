import { reasonOf } from '../api.ts';
import type { Examination } from './check.ts';

const MOST_MS = 10_000;

export async function apiAnswers(url: string | undefined): Promise<Examination> {
  if (url === undefined)
    return {
      state: 'skipped',
      finding: 'nothing says where it is',
      remedy: '--url, or ORDERS_API_URL: the output ApiUrl of the stack',
    };
  const asked = `${url}/health`;
  try {
    const { status } = await fetch(asked, { signal: AbortSignal.timeout(MOST_MS) });
    if (status === 200) return { state: 'ok', finding: `${asked} answers` };
    return { state: 'wrong', finding: `${asked} answers ${status}`, remedy: 'docs/runbooks/api-errors.md' };
  } catch (error) {
    return {
      state: 'wrong',
      finding: `${asked} does not answer: ${reasonOf(error)}`,
      remedy: 'start the system (npm start), or check --url',
    };
  }
}
