package orders

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	connectionsPerCore = 8

	// acquireTimeout is how long a request waits for a connection, answerTimeout how long the database may then take:
	// a database that hangs costs a request and not a goroutine.
	acquireTimeout = 5 * time.Second
	answerTimeout  = 10 * time.Second
)

// Rows are locked in ascending id, so that no two orders wait for each other. The lock is the one that the update would
// take.
const lockItems = `
select id, price_cents, stock from items where id = any($1) order by id for no key update`

// One statement stores what the transaction stores: the order, the stock that it takes, its lines. It returns the order's
// id and how many items had the stock.
const storeOrder = `
with wanted as (
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
select placed.id, (select count(*) from taken) from placed`

const selectOrder = `
select customer, total_cents, item_id, quantity, price_cents
    from orders join order_lines on order_id = id
    where id = $1 order by line_number`

// Store is the orders in a PostgreSQL database. It is safe for concurrent use.
type Store struct {
	pool *pgxpool.Pool
}

// Open returns a store over a pool of at most eight connections a core. It connects when it is first used, so the
// database need not be there yet.
func Open(databaseURL string, cores int) (*Store, error) {
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		return nil, err
	}
	config.MaxConns = int32(connectionsPerCore * cores)
	config.ConnConfig.ConnectTimeout = acquireTimeout
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, err
	}
	return &Store{pool}, nil
}

// Close ends the connections, once they have all been given back.
func (s *Store) Close() { s.pool.Close() }

// Place stores the draft, which must be valid, as an order and takes what it wants from the stock, or does neither. The
// error is ErrNoSuchItem, ErrOutOfStock or ErrUnavailable.
func (s *Store) Place(ctx context.Context, draft Draft) (*Order, error) {
	var order *Order
	err := s.withConn(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		return pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(tx pgx.Tx) error {
			var err error
			order, err = place(ctx, tx, draft)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return order, nil
}

// Get reads the order with this id. The error is ErrNoSuchOrder or ErrUnavailable.
func (s *Store) Get(ctx context.Context, id int64) (*Order, error) {
	order := &Order{ID: id}
	err := s.withConn(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		rows, err := conn.Query(ctx, selectOrder, id)
		if err != nil {
			return err
		}
		order.Lines, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (line Line, err error) {
			err = row.Scan(&order.Customer, &order.TotalCents, &line.ItemID, &line.Quantity, &line.PriceCents)
			return line, err
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(order.Lines) == 0 {
		return nil, ErrNoSuchOrder
	}
	return order, nil
}

// withConn runs do with a connection of the pool. Whatever goes wrong that is not about the order itself is the
// database's fault, and ErrUnavailable.
func (s *Store) withConn(ctx context.Context, do func(context.Context, *pgxpool.Conn) error) error {
	acquireCtx, cancelAcquire := context.WithTimeout(ctx, acquireTimeout)
	defer cancelAcquire()
	conn, err := s.pool.Acquire(acquireCtx)
	if err != nil {
		return fmt.Errorf("%w: no connection: %w", ErrUnavailable, err)
	}
	defer conn.Release()
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	err = do(ctx, conn)
	if err == nil || errors.Is(err, ErrNoSuchItem) || errors.Is(err, ErrOutOfStock) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

type stockedItem struct {
	ID         int64
	PriceCents int32
	Stock      int32
}

func place(ctx context.Context, tx pgx.Tx, draft Draft) (*Order, error) {
	items, err := lock(ctx, tx, draft)
	if err != nil {
		return nil, err
	}
	order := &Order{Customer: draft.Customer, Lines: make([]Line, len(draft.Lines))}
	ids, quantities, prices := columns(len(draft.Lines))
	for i, wanted := range draft.Lines {
		item, ok := items[wanted.ItemID]
		if !ok {
			return nil, fmt.Errorf("%w: %d", ErrNoSuchItem, wanted.ItemID)
		}
		order.Lines[i] = Line{wanted.ItemID, wanted.Quantity, item.PriceCents}
		order.TotalCents += int64(wanted.Quantity) * int64(item.PriceCents)
		ids[i], quantities[i], prices[i] = wanted.ItemID, wanted.Quantity, item.PriceCents
	}
	for _, wanted := range draft.Lines {
		if items[wanted.ItemID].Stock < wanted.Quantity {
			return nil, fmt.Errorf("%w: item %d", ErrOutOfStock, wanted.ItemID)
		}
	}
	var taken int
	err = tx.QueryRow(ctx, storeOrder, order.Customer, order.TotalCents, ids, quantities, prices).Scan(&order.ID, &taken)
	if err != nil {
		return nil, err
	}
	if taken != len(draft.Lines) {
		return nil, ErrOutOfStock
	}
	return order, nil
}

func lock(ctx context.Context, tx pgx.Tx, draft Draft) (map[int64]stockedItem, error) {
	ids := make([]int64, len(draft.Lines))
	for i, line := range draft.Lines {
		ids[i] = line.ItemID
	}
	rows, err := tx.Query(ctx, lockItems, ids)
	if err != nil {
		return nil, err
	}
	items := make(map[int64]stockedItem, len(ids))
	var item stockedItem
	_, err = pgx.ForEachRow(rows, []any{&item.ID, &item.PriceCents, &item.Stock}, func() error {
		items[item.ID] = item
		return nil
	})
	return items, err
}

func columns(length int) (ids []int64, quantities, prices []int32) {
	return make([]int64, length), make([]int32, length), make([]int32, length)
}
