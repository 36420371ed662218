//! The store: the seed, pages over holes, ids that are never used twice.

use std::{collections::HashSet, sync::Arc, thread};

use catalog_service::catalog::{Catalog, Item, NewItem};

fn new_item(name: &str) -> NewItem {
    NewItem {
        name: name.to_owned(),
        price_cents: 1,
        stock: 2,
        tags: vec!["eco".to_owned()],
    }
}

fn seed_item(id: u64, name: &str, price_cents: u32, stock: u32, tags: &[&str]) -> Item {
    Item {
        id,
        name: name.to_owned(),
        price_cents,
        stock,
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
    }
}

fn page_ids(catalog: &Catalog, after: u64, limit: usize) -> (Vec<u64>, bool) {
    let page = catalog.page(after, limit);
    (page.items.iter().map(|item| item.id).collect(), page.more)
}

#[test]
fn the_seed_follows_the_contract() {
    let catalog = Catalog::seeded(10_000);
    for expected in [
        seed_item(
            1,
            "kodi difece",
            13473,
            220,
            &["new", "sale", "eco", "bulk"],
        ),
        seed_item(2, "jara rasobo", 78114, 420, &["new", "eco"]),
        seed_item(10_000, "toje mepila", 6141, 884, &["gift"]),
    ] {
        assert_eq!(*catalog.get(expected.id).unwrap(), expected);
    }

    let all = catalog.page(0, usize::MAX).items;
    assert_eq!(all.len(), 10_000);
    assert_eq!(
        all.iter()
            .map(|item| u64::from(item.price_cents))
            .sum::<u64>(),
        495_328_830
    );
    assert_eq!(all.iter().map(|item| item.stock).sum::<u32>(), 4_997_258);
    assert_eq!(
        all.iter().map(|item| item.tags.len()).sum::<usize>(),
        24_933
    );
}

#[test]
fn a_page_says_whether_more_follows() {
    let catalog = Catalog::seeded(10_000);
    assert_eq!(page_ids(&catalog, 0, 3), (vec![1, 2, 3], true));
    assert_eq!(page_ids(&catalog, 9_997, 2), (vec![9_998, 9_999], true));
    assert_eq!(page_ids(&catalog, 9_998, 2), (vec![9_999, 10_000], false));
    assert_eq!(page_ids(&catalog, 10_000, 2), (vec![], false));
}

#[test]
fn a_page_passes_over_deleted_items() {
    let catalog = Catalog::seeded(10_000);
    for id in [1, 2, 4, 10_000] {
        assert_eq!(catalog.delete(id).unwrap().id, id);
    }
    assert_eq!(page_ids(&catalog, 0, 2), (vec![3, 5], true));
    assert_eq!(page_ids(&catalog, 2, 1), (vec![3], true));
    assert_eq!(page_ids(&catalog, 9_998, 1), (vec![9_999], false));
}

#[test]
fn what_is_created_can_be_read_replaced_and_deleted() {
    let catalog = Catalog::seeded(10_000);
    let created = catalog.create(new_item("one"));
    assert_eq!(catalog.get(created.id), Some(created.clone()));

    let replaced = catalog.replace(created.id, new_item("two")).unwrap();
    assert_eq!((replaced.id, replaced.name.as_str()), (created.id, "two"));
    assert_eq!(catalog.get(created.id), Some(replaced.clone()));

    assert_eq!(catalog.delete(created.id), Some(replaced));
    assert_eq!(catalog.get(created.id), None);
    assert_eq!(catalog.delete(created.id), None);
    assert_eq!(catalog.replace(created.id, new_item("three")), None);
    assert_eq!(catalog.get(created.id), None);
}

#[test]
fn an_id_is_never_used_twice() {
    let catalog = Catalog::seeded(10_000);
    assert_eq!(catalog.create(new_item("one")).id, 10_001);
    catalog.delete(10_001);
    assert_eq!(catalog.create(new_item("two")).id, 10_002);
}

#[test]
fn threads_that_create_at_once_get_different_ids() {
    let catalog = Arc::new(Catalog::seeded(10_000));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let catalog = Arc::clone(&catalog);
            thread::spawn(move || {
                (0..1_000)
                    .map(|_| catalog.create(new_item("one")).id)
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let ids: HashSet<u64> = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap())
        .collect();
    assert_eq!(ids, (10_001..=14_000).collect());
}

#[test]
fn the_catalog_starts_with_as_many_items_as_it_is_told() {
    let catalog = Catalog::seeded(20);
    assert!(catalog.get(20).is_some());
    assert!(catalog.get(21).is_none());
    assert_eq!(catalog.create(new_item("n")).id, 21);
}
