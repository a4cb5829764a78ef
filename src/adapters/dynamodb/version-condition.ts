/** What the stored version must be: an item made by hand has none, and counts as version 0. */
export const versionCondition = (key: string, expected: number | undefined) => {
  if (expected === undefined) return { ConditionExpression: `attribute_not_exists(${key})` };
  const isExpected = 'version = :expected';
  return {
    ConditionExpression:
      expected === 0
        ? `attribute_exists(${key}) AND (attribute_not_exists(version) OR ${isExpected})`
        : isExpected,
    ExpressionAttributeValues: { ':expected': expected },
  };
};
