const kinds: Record<string, string> = {
  PENDING: 'waiting',
  CONFIRMED: 'waiting',
  SHIPPED: 'retrying',
  DELIVERED: 'ok',
  CANCELLED: 'quiet',
};

export const Status = ({ of }: { of: string }) => (
  <span class={`badge bare ${kinds[of] ?? 'quiet'}`}>{of}</span>
);
