export const base = '/_console';

/** The API refused, in words that can be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask<T>(path, signal ? { signal } : {});

export const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`${base}/api${path}`, init);
  const answer = (await response.json()) as T & { message?: string };
  if (response.ok) return answer;
  throw new ApiError(response.status, answer.message ?? `${response.status}`);
}
