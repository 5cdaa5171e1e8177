/** `1`, `500m` in cores; null without a quantity. */
export function cores(quantity: string | undefined): number | null {
  if (quantity === undefined) return null;
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}
