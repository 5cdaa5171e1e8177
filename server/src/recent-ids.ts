/** So many of the latest ids are known again; a fixed number, because the memory of a long run must not grow. */
const rememberedIds = 65_536;

/**
 * Notices request ids that come again soon: `seen` returns whether `id` was among the latest, and remembers it. A slot
 * holds the tag of the latest id that fell there, and so forgets the one before; two ids share slot and tag once in 2⁴⁸.
 */
export function createRecentIds(): { seen(id: string): boolean } {
  const tags = new Uint32Array(rememberedIds);
  return {
    seen(id) {
      // Two hashes of the kind FNV-1a, of different bases: one chooses the slot, the other is kept in it.
      let [slot, tag] = [0x811c9dc5, 0x1b873593];
      for (let i = 0; i < id.length; i++) {
        const code = id.charCodeAt(i);
        slot = Math.imul(slot ^ code, 0x01000193);
        tag = Math.imul(tag ^ code, 0x85ebca6b);
        tag ^= tag >>> 15;
      }
      const at = (slot ^ (slot >>> 16)) & (rememberedIds - 1);
      const repeated = tags[at] === tag >>> 0;
      tags[at] = tag;
      return repeated;
    },
  };
}
