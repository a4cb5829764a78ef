export type { SubscriptionAlarms } from './alarms.ts';
export { OrderEventsSubscription, type OrderEventsSubscriptionProps } from './subscription.ts';
export type { QueueSettings, SubscriptionTarget } from './target.ts';
