import type { Command } from './command.ts';

export interface Named {
  name: string;
  summary: string;
  load: () => Promise<Command>;
}

/** In the order of the usage. Each is loaded when it is called: all of them take longer than most. */
export const COMMANDS: readonly Named[] = [
  {
    name: 'events tail',
    summary: 'shows events as they come',
    load: async () => (await import('./commands/events-tail.ts')).eventsTail,
  },
  {
    name: 'events match',
    summary: 'tries a rule on the events of the past, and says why it did not match',
    load: async () => (await import('./commands/events-match.ts')).eventsMatch,
  },
  {
    name: 'events trigger',
    summary: 'makes an event by way of the API, and shows what came of it',
    load: async () => (await import('./commands/events-trigger.ts')).eventsTrigger,
  },
  {
    name: 'events attach',
    summary: 'puts a scratch rule on the bus, with a queue of its own',
    load: async () => (await import('./commands/events-attach.ts')).eventsAttach,
  },
  {
    name: 'events detach',
    summary: 'removes a scratch rule and its queue',
    load: async () => (await import('./commands/events-detach.ts')).eventsDetach,
  },
  {
    name: 'events sample',
    summary: 'shows an example of an event',
    load: async () => (await import('./commands/events-sample.ts')).eventsSample,
  },
  {
    name: 'events replay',
    summary: 'gives a rule events of the past once more',
    load: async () => (await import('./commands/events-replay.ts')).eventsReplay,
  },
  {
    name: 'events cancel',
    summary: 'ends a replay that runs',
    load: async () => (await import('./commands/events-cancel.ts')).eventsCancel,
  },
  {
    name: 'dlq list',
    summary: 'what could not be delivered, and where it is kept',
    load: async () => (await import('./commands/dlq-list.ts')).dlqList,
  },
  {
    name: 'dlq peek',
    summary: 'the first letters of one place: event, error, attempts',
    load: async () => (await import('./commands/dlq-peek.ts')).dlqPeek,
  },
  {
    name: 'dlq redrive',
    summary: 'sends what could not be delivered to where it was going',
    load: async () => (await import('./commands/dlq-redrive.ts')).dlqRedrive,
  },
  {
    name: 'doctor',
    summary: 'looks along the way of an event, and says what is wrong and what to do',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'token',
    summary: 'gives a token for the API of this machine',
    load: async () => (await import('./commands/token.ts')).token,
  },
  {
    name: 'reconcile',
    summary: 'finds orders whose events are missing, and publishes the latest again',
    load: async () => (await import('./commands/reconcile.ts')).reconcile,
  },
];
