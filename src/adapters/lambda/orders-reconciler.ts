import { readReconcilerConfig } from '../config.ts';
import { RECONCILER, reconcilerContainer } from '../container/reconciler.ts';

export const handler = reconcilerContainer(readReconcilerConfig(process.env)).get(RECONCILER);
