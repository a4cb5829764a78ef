import { Logger } from '@aws-lambda-powertools/logger';

/** Service name and level come from the POWERTOOLS_ variables, as Powertools has it. */
export const createLogger = (): Logger => new Logger();
