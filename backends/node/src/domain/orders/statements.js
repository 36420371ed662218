// Named statements: each connection has PostgreSQL prepare them once.

// In the order of the ids, whatever the order of the lines: two orders that share items then wait
// for each other, and never in a circle.
export const lockItems = {
  name: 'lock-items',
  text: `select id, price_cents, stock from items where id = any($1::bigint[])
         order by id for no key update`,
}

// The order, the stock that it takes, its lines. The result is the order's id and how many items
// had the stock.
export const storeOrder = {
  name: 'store-order',
  text: `with wanted as (
           select * from unnest($3::bigint[], $4::integer[], $5::integer[]) with ordinality
             as line (item_id, quantity, price_cents, line_number)
         ), placed as (
           insert into orders (customer, total_cents) values ($1, $2) returning id
         ), taken as (
           update items set stock = stock - quantity from wanted
           where items.id = item_id and stock >= quantity returning items.id
         ), lines as (
           insert into order_lines (order_id, line_number, item_id, quantity, price_cents)
           select placed.id, line_number, item_id, quantity, price_cents from placed, wanted
         )
         select placed.id, (select count(*) from taken) as taken from placed`,
}

export const readOrder = {
  name: 'read-order',
  text: `select orders.customer, orders.total_cents, line.item_id, line.quantity, line.price_cents
         from orders join order_lines as line on line.order_id = orders.id
         where orders.id = $1 order by line.line_number`,
}
