import fc from 'fast-check';

/** PROPERTY_TIMES=20: each law is tried twenty times as often as usual. */
const times = Number(process.env['PROPERTY_TIMES'] ?? 1);
if (!(times > 0))
  throw new Error(`PROPERTY_TIMES takes a number above 0, not "${process.env['PROPERTY_TIMES']}".`);

/** How often a law is tried whose usual number is another than fast-check's hundred. */
export const runs = (usual: number): number => Math.ceil(usual * times);

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100) });
