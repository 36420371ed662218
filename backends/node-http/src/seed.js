const TAGS = ['new', 'sale', 'eco', 'gift', 'bulk']

/** The first `count` items of the contract's rule. */
export function* seed(count) {
  for (let id = 1; id <= count; id++) {
    const tagBits = mix(id + 3_000_000)
    yield {
      name: nameOf(mix(id)),
      price_cents: 100 + (mix(id + 1_000_000) % 99_901),
      stock: mix(id + 2_000_000) % 1_000,
      tags: TAGS.filter((_, bit) => (tagBits >>> bit) & 1),
    }
  }
}

function mix(value) {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function nameOf(bits) {
  const syllables = [0, 6, 12, 18, 24].map((shift) => {
    const six = (bits >>> shift) & 63
    return 'bcdfghjklmnprstv'[six & 15] + 'aeio'[six >>> 4]
  })
  return `${syllables.slice(0, 2).join('')} ${syllables.slice(2).join('')}`
}
