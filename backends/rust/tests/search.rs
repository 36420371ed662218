//! The search: distances, and that nothing nearer is overlooked.

use catalog_service::catalog::{Catalog, EditDistance, NewItem};

#[test]
fn the_library_finds_what_the_textbook_finds() {
    let catalog = Catalog::seeded(10_000);
    for name in ["kodi difese", "é😀", "a\0b", "zzzzzzzzzzzz", "ab", "kodi"] {
        catalog.create(NewItem {
            name: format!("{name}x"),
            price_cents: 1,
            stock: 0,
            tags: Vec::new(),
        });
        assert_eq!(
            catalog.search_native(name, 10),
            catalog.search(name, 10),
            "{name:?}"
        );
    }
}

fn distance(from: &str, to: &str) -> u32 {
    EditDistance::from(from).to(to)
}

/// Follows the definition, from the ends of both texts, without a table.
fn distance_by_definition(a: &[char], b: &[char]) -> u32 {
    let (Some((last_a, a_rest)), Some((last_b, b_rest))) = (a.split_last(), b.split_last()) else {
        return a.len().max(b.len()) as u32;
    };
    if last_a == last_b {
        return distance_by_definition(a_rest, b_rest);
    }
    let deleted = distance_by_definition(a_rest, b);
    let inserted = distance_by_definition(a, b_rest);
    let replaced = distance_by_definition(a_rest, b_rest);
    1 + deleted.min(inserted).min(replaced)
}

#[test]
fn known_pairs_have_their_distance() {
    for (a, b, expected) in [
        ("kitten", "sitting", 3),
        ("flaw", "lawn", 2),
        ("a", "a", 0),
        ("ab", "ba", 2),
        ("abc", "", 3),
        ("é", "e", 1),
        ("😀", "a", 1),
        ("日本語", "日語", 1),
        ("a\0b", "ab", 1),
    ] {
        assert_eq!(distance(a, b), expected, "from {a:?} to {b:?}");
        assert_eq!(distance(b, a), expected, "from {b:?} to {a:?}");
    }
}

#[test]
fn distances_agree_with_the_definition() {
    // Every text of up to four of these letters, against a few others.
    let letters = ['a', 'b', 'é', '😀'];
    let mut texts = vec![String::new()];
    for start in 0..85 {
        let text = texts[start].clone();
        texts.extend(letters.map(|letter| format!("{text}{letter}")));
    }
    for from in texts.iter().step_by(7) {
        let mut measure = EditDistance::from(from.as_str());
        let from: Vec<char> = from.chars().collect();
        for to in texts.iter().step_by(5) {
            let wanted: Vec<char> = to.chars().collect();
            let expected = distance_by_definition(&from, &wanted);
            assert_eq!(measure.to(to), expected, "from {from:?} to {to:?}");
        }
    }
}

#[test]
fn a_search_finds_what_sorting_every_item_finds() {
    let new = |name: &str| NewItem {
        name: name.to_owned(),
        price_cents: 1,
        stock: 0,
        tags: vec![],
    };
    let catalog = Catalog::seeded(10_000);
    catalog.delete(1);
    catalog.replace(2, new("日本語"));
    for _ in 0..12 {
        catalog.create(new("kodi difece"));
    }
    for query in [
        "kodi difece",
        "日本語",
        "x",
        "jara",
        "mepila toje rasobo and more",
    ] {
        let mut expected: Vec<(u32, u64)> = catalog
            .page(0, usize::MAX)
            .items
            .iter()
            .map(|item| (distance(&item.name, query), item.id))
            .collect();
        expected.sort_unstable();
        let found: Vec<(u32, u64)> = catalog
            .search(query, 10)
            .iter()
            .map(|found| (found.distance, found.item.id))
            .collect();
        assert_eq!(found, expected[..10], "{query}");
    }
}

#[test]
fn a_search_of_few_items_finds_them_all() {
    let catalog = Catalog::seeded(10_000);
    for id in 1..=9_997 {
        catalog.delete(id);
    }
    assert_eq!(catalog.search("x", 10).len(), 3);
}
