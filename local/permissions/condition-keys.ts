/** The keys that requests here come with as AWS's do, lower-cased; a policy that asks for another is refused. */
export const conditionKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'dynamodb:leadingkeys',
  'events:detail-type',
  'events:source',
  's3:resourceaccount',
]);
