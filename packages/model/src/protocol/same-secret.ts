import { timingSafeEqual } from 'node:crypto';

/** Whether both texts are the same; how long that takes says nothing of where they differ. */
export function isSameSecret(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether an `authorization` header carries the bearer token. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  return isSameSecret(authorization, `Bearer ${token}`);
}
