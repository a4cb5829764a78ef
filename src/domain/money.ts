/** Amounts are whole numbers of the currency's minor unit: 199 USD is 1.99 dollars. */
export interface Priced {
  quantity: number;
  unitAmount: number;
}

export const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** ISO 4217, as the runtime's own list has it. */
export const isCurrency = (code: string): boolean => currencies.has(code);

/** The total, or undefined where it cannot be held exactly. */
export const totalOf = (items: readonly Priced[]): number | undefined => {
  let total = 0;
  for (const { quantity, unitAmount } of items) {
    total += quantity * unitAmount;
    if (!isAmount(total)) return undefined;
  }
  return total;
};
