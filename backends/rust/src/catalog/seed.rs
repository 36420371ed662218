//! The items that a fresh process holds, made by the rule of the contract.

use super::Item;

const CONSONANTS: &[u8; 16] = b"bcdfghjklmnprstv";
const VOWELS: &[u8; 4] = b"aeio";
const TAGS: [&str; 5] = ["new", "sale", "eco", "gift", "bulk"];

pub fn item(id: u32) -> Item {
    let tag_bits = mix(id + 3_000_000);
    Item {
        id: u64::from(id),
        name: name(mix(id)),
        price_cents: 100 + mix(id + 1_000_000) % 99_901,
        stock: mix(id + 2_000_000) % 1_000,
        tags: TAGS
            .iter()
            .enumerate()
            .filter(|(bit, _)| tag_bits >> bit & 1 == 1)
            .map(|(_, tag)| (*tag).to_owned())
            .collect(),
    }
}

fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// Two syllables, a space, three syllables; each takes the next six bits of the hash.
fn name(mut hash: u32) -> String {
    let mut name = String::with_capacity(11);
    for syllable in 0..5 {
        if syllable == 2 {
            name.push(' ');
        }
        let bits = (hash & 63) as usize;
        name.push(char::from(CONSONANTS[bits & 15]));
        name.push(char::from(VOWELS[bits >> 4]));
        hash >>= 6;
    }
    name
}
