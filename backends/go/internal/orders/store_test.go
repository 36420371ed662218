package orders

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"twofold/backends/go/internal/pgtest"
)

func openStore(t *testing.T, server *pgtest.Server) *Store {
	t.Helper()
	store, err := Open(server.URL, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

func TestOrders(t *testing.T) {
	server := pgtest.Start(t)
	store := openStore(t, server)
	t.Run("what is placed is read back", func(t *testing.T) { placeAndRead(t, server, store) })
	t.Run("an order that cannot be placed leaves nothing behind", func(t *testing.T) { refuse(t, server, store) })
	t.Run("orders of the same items at once add up", func(t *testing.T) { placeAtOnce(t, server, store) })
	t.Run("a request waits for a connection", func(t *testing.T) { exhaust(t, store) })
	t.Run("a database that comes back is used again", func(t *testing.T) { stopAndRun(t, server, store) })
}

func placeAndRead(t *testing.T, server *pgtest.Server, store *Store) {
	ctx := context.Background()
	draft := Draft{"Zoë 😀", []DraftLine{{7, 2}, {3, 100}, {5, 1}}}
	placed, err := store.Place(ctx, draft)
	if err != nil {
		t.Fatal(err)
	}
	want := &Order{placed.ID, "Zoë 😀", 2*70 + 100*30 + 50, []Line{{7, 2, 70}, {3, 100, 30}, {5, 1, 50}}}
	if !reflect.DeepEqual(placed, want) {
		t.Errorf("placed %+v, want %+v", placed, want)
	}
	server.Exec(t, "update items set price_cents = 1 where id = 7")
	read, err := store.Get(ctx, placed.ID)
	if err != nil || !reflect.DeepEqual(read, want) {
		t.Errorf("read %+v, %v, want %+v", read, err, want)
	}
	if stock := server.Number(t, "select stock from items where id = 3"); stock != 900 {
		t.Errorf("stock = %d", stock)
	}
	if _, err := store.Get(ctx, placed.ID+1); !errors.Is(err, ErrNoSuchOrder) {
		t.Errorf("no order: %v", err)
	}
}

func refuse(t *testing.T, server *pgtest.Server, store *Store) {
	server.Exec(t, "update items set stock = 5 where id = 20")
	before := server.Number(t, "select count(*) + (select sum(stock) from items) from orders")
	for _, test := range []struct {
		lines []DraftLine
		want  error
	}{
		{[]DraftLine{{19, 1}, {20, 6}}, ErrOutOfStock},
		{[]DraftLine{{19, 1}, {101, 1}}, ErrNoSuchItem},
		{[]DraftLine{{20, 6}, {MaxID, 1}}, ErrNoSuchItem},
	} {
		if _, err := store.Place(context.Background(), Draft{"a", test.lines}); !errors.Is(err, test.want) {
			t.Errorf("%v: %v, want %v", test.lines, err, test.want)
		}
	}
	if after := server.Number(t, "select count(*) + (select sum(stock) from items) from orders"); after != before {
		t.Errorf("orders and stock add up to %d, before to %d", after, before)
	}
	if _, err := store.Place(context.Background(), Draft{"a", []DraftLine{{20, 5}}}); err != nil {
		t.Errorf("the last of the stock: %v", err)
	}
}

// Lines in random order over few items would deadlock if rows were locked as they come.
func placeAtOnce(t *testing.T, server *pgtest.Server, store *Store) {
	const customers, rounds, stock = 16, 15, 120
	server.Exec(t, "update items set stock = 120 where id between 31 and 36")
	var taken, refused atomic.Int64
	var group sync.WaitGroup
	for range customers {
		group.Go(func() {
			for range rounds {
				var lines []DraftLine
				for _, i := range rand.Perm(6)[:4] {
					lines = append(lines, DraftLine{int64(31 + i), 1})
				}
				_, err := store.Place(context.Background(), Draft{"crowd", lines})
				switch {
				case err == nil:
					taken.Add(4)
				case errors.Is(err, ErrOutOfStock):
					refused.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	left := server.Number(t, "select sum(stock) from items where id between 31 and 36")
	lines := server.Number(t, "select sum(quantity) from order_lines join orders on id = order_id where customer = 'crowd'")
	if left+taken.Load() != 6*stock || lines != taken.Load() || refused.Load() == 0 {
		t.Errorf("%d left, %d taken, %d in lines, %d refused", left, taken.Load(), lines, refused.Load())
	}
}

func exhaust(t *testing.T, store *Store) {
	ctx := context.Background()
	for range connectionsPerCore {
		conn, err := store.pool.Acquire(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
	}
	impatient, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, err := store.Get(impatient, 1); !errors.Is(err, ErrUnavailable) || impatient.Err() == nil {
		t.Errorf("without a connection: %v", err)
	}
}

func stopAndRun(t *testing.T, server *pgtest.Server, store *Store) {
	draft := Draft{"a", []DraftLine{{50, 1}}}
	server.Stop(t)
	for range 3 * connectionsPerCore {
		if _, err := store.Place(context.Background(), draft); !errors.Is(err, ErrUnavailable) {
			t.Fatalf("without the database: %v", err)
		}
	}
	server.Run(t)
	if _, err := store.Place(context.Background(), draft); err != nil {
		t.Errorf("with the database back: %v", err)
	}
}
