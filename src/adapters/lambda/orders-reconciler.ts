import { readReconcilerConfig } from '../config.ts';
import { RECONCILER, reconcilerContainer } from '../container.ts';

export const handler = reconcilerContainer(readReconcilerConfig(process.env)).get(RECONCILER);
