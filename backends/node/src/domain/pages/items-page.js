import { createElement as element } from 'react'
import { renderToString } from 'react-dom/server'

const COLUMNS = ['Id', 'Name', 'Price', 'Stock', 'Tags']

/** The document that shows a page of items. */
export function renderItemsPage(page) {
  return `<!DOCTYPE html>${renderToString(element(ItemsPage, page))}`
}

function ItemsPage({ items, after, limit, nextAfter }) {
  const heading = `Items after ${after}`
  return element(
    'html',
    { lang: 'en' },
    element('head', null, element('meta', { charSet: 'utf-8' }), element('title', null, heading)),
    element(
      'body',
      null,
      element('h1', null, heading),
      element(ItemTable, { items }),
      nextAfter === null ? null : element(NextLink, { limit, nextAfter }),
    ),
  )
}

function ItemTable({ items }) {
  const headings = COLUMNS.map((name) => element('th', { key: name }, name))
  const rows = items.map((item) => element(ItemRow, { key: item.id, item }))
  return element(
    'table',
    null,
    element('thead', null, element('tr', null, headings)),
    element('tbody', null, rows),
  )
}

function ItemRow({ item: { id, name, price_cents, stock, tags } }) {
  return element(
    'tr',
    null,
    element('td', null, id),
    element('td', null, element('a', { href: `/items/${id}`, title: name }, name)),
    element('td', null, (price_cents / 100).toFixed(2)),
    element('td', null, stock === 0 ? 'sold out' : stock),
    element('td', null, element(TagList, { tags })),
  )
}

// The same tag may be there twice: its place is its key.
function TagList({ tags }) {
  return element(
    'ul',
    null,
    tags.map((tag, place) => element('li', { key: place }, tag)),
  )
}

function NextLink({ limit, nextAfter }) {
  const href = `/pages/items?limit=${limit}&after=${nextAfter}`
  return element('p', null, element('a', { rel: 'next', href }, 'Next page'))
}
