/** The page for people of at most `limit` items with an id above `after`, in HTML. */
export async function showItems(catalog, { limit, after }) {
  // React is loaded with the first page: who shows none does without it.
  const { renderItemsPage } = await import('./items-page.js')
  const { items, next_after: nextAfter } = catalog.page({ limit, after })
  return renderItemsPage({ items, after, limit, nextAfter })
}
