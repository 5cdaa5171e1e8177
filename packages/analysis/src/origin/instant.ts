const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

/** An instant as ISO 8601 writes it, also with a blank for the T: µs since the epoch; without a zone it is UTC. Null for anything else. */
export function instantUs(text: string): { readonly us: number; readonly hasZone: boolean } | null {
  const [, date, time, fraction = '', zone] = form.exec(text) ?? [];
  if (date === undefined) return null;
  const offset =
    zone === undefined || /^(z|utc)$/i.test(zone)
      ? 'Z'
      : zone.replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);
  const seconds = Date.parse(`${date}T${time}${offset}`);
  if (Number.isNaN(seconds)) return null;
  return { us: seconds * 1e3 + Math.round(Number(`0.${fraction || 0}`) * 1e6), hasZone: zone !== undefined };
}
