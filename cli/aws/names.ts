/** The function that publishes what changes of orders mean. */
export const STREAM_READER = 'orders-stream-reader';
export const RECONCILER = 'orders-reconciler';

/** The last part of an ARN: a queue's, function's, rule's name. */
export const nameIn = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);

export const serviceIn = (arn: string): string => arn.split(':')[2] ?? '';

export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';
