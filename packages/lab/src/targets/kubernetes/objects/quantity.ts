/** `1`, `500m` in cores; null without a quantity. */
export function cores(quantity: string | undefined): number | null {
  if (quantity === undefined) return null;
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** `16384Ki`, `2G` in bytes; null without a quantity. */
export function bytes(quantity: string | undefined): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/.exec(quantity ?? '') ?? [];
  return number === undefined ? null : Number(number) * (units[unit] ?? 1);
}
