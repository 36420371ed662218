// Named statements: each connection has PostgreSQL prepare them once.

// In the order of the ids, whatever the order of the lines: two orders that share items then wait
// for each other, and never in a circle.
export const lockItems = {
  name: 'lock-items',
  text: `select id, price_cents from items where id = any($1::bigint[])
         order by id for no key update`,
}

export const takeStock = {
  name: 'take-stock',
  text: `update items set stock = stock - line.quantity
         from unnest($1::bigint[], $2::integer[]) as line (item_id, quantity)
         where items.id = line.item_id and items.stock >= line.quantity
         returning items.id`,
}

export const addOrder = {
  name: 'add-order',
  text: 'insert into orders (customer, total_cents) values ($1, $2) returning id',
}

export const addLines = {
  name: 'add-lines',
  text: `insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
         select $1, line.*
         from unnest($2::integer[], $3::bigint[], $4::integer[], $5::integer[])
           as line (line_number, item_id, quantity, price_cents)`,
}

export const readOrder = {
  name: 'read-order',
  text: `select orders.customer, orders.total_cents, line.item_id, line.quantity, line.price_cents
         from orders join order_lines as line on line.order_id = orders.id
         where orders.id = $1 order by line.line_number`,
}
