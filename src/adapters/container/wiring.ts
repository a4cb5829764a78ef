import type { Logger } from '@aws-lambda-powertools/logger';
import { Container, type ServiceIdentifier } from 'inversify';
import type { Clock, Ids } from '../../application/ports.ts';
import { systemIds } from '../ids.ts';
import { createLogger } from '../observability/logger.ts';

/** A symbol carries no type; the token does, so that the compiler checks each binding. */
export const token = <T>(name: string): ServiceIdentifier<T> => Symbol.for(name);

type Tokens<A extends unknown[]> = { [K in keyof A]: ServiceIdentifier<A[K]> };

export const LOGGER = token<Logger>('Logger');
export const CLOCK = token<Clock>('Clock');
export const IDS = token<Ids>('Ids');

/** A container with what every function has, and the typed ways to bind more. */
export const wiring = () => {
  const container = new Container({ defaultScope: 'Singleton' });
  const value = <T>(at: ServiceIdentifier<T>, constant: T): void => {
    container.bind(at).toConstantValue(constant);
  };
  const provide = <T, A extends unknown[]>(
    at: ServiceIdentifier<T>,
    dependencies: Tokens<A>,
    factory: (...resolved: A) => T,
  ): void => {
    container.bind(at).toResolvedValue(factory as (...resolved: unknown[]) => T, dependencies as never);
  };
  value(LOGGER, createLogger());
  value(CLOCK, () => new Date().toISOString());
  value(IDS, systemIds);
  return { container, value, provide };
};
