const CONSONANTS = 'bcdfghjklmnprstv'
const VOWELS = 'aeio'
const TAGS = ['new', 'sale', 'eco', 'gift', 'bulk']

/** What a fresh catalog of `count` items holds: the rule is in the contract. */
export function* seedItems(count) {
  for (let i = 1; i <= count; i++) {
    yield {
      name: nameFrom(mix(i)),
      price_cents: 100 + (mix(i + 1_000_000) % 99_901),
      stock: mix(i + 2_000_000) % 1000,
      tags: tagsFrom(mix(i + 3_000_000)),
    }
  }
}

function mix(number) {
  let h = number
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h >>> 0
}

function nameFrom(h) {
  const syllables = [0, 6, 12, 18, 24].map((shift) => {
    const bits = h >>> shift
    return CONSONANTS[bits & 15] + VOWELS[(bits >>> 4) & 3]
  })
  const [first, second, ...rest] = syllables
  return `${first}${second} ${rest.join('')}`
}

function tagsFrom(h) {
  return TAGS.filter((_, bit) => (h >>> bit) & 1)
}
