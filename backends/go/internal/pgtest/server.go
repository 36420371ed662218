// Package pgtest gives a test a PostgreSQL server of its own, with the tables of the contract.
package pgtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

const tables = `
create table items (id bigint primary key, name text not null, price_cents integer not null, stock integer not null check (stock >= 0));
create table orders (id bigint generated always as identity primary key, customer text not null, total_cents bigint not null, created_at timestamptz not null default now());
create table order_lines (order_id bigint not null references orders, line_number integer not null, item_id bigint not null references items, quantity integer not null, price_cents integer not null, primary key (order_id, line_number));
insert into items select id, 'item ' || id, id * 10, 1000 from generate_series(1, 100) id;`

// Server is a running PostgreSQL. Items 1 to 100 are in it, 1000 of each, at ten times their id in cents.
type Server struct {
	URL string

	folder, bin string
	port        int
	credential  *syscall.Credential
	postgres    *exec.Cmd
}

// Start starts a server in a temporary folder for as long as the test runs; without PostgreSQL the test is skipped.
func Start(t *testing.T) *Server {
	t.Helper()
	s := &Server{bin: binaries(t), port: freePort(t)}
	s.URL = fmt.Sprintf("postgresql://tester:secret@127.0.0.1:%d/postgres", s.port)
	folder, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		t.Fatal(err)
	}
	s.folder = folder
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if os.Getuid() == 0 {
		s.becomeUnprivileged(t)
	}
	initdb := s.command("initdb", "--pgdata="+s.folder, "--username=tester", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
	if output, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, output)
	}
	s.Run(t)
	t.Cleanup(func() { s.Stop(t) })
	s.Exec(t, tables)
	return s
}

// Run starts the server, for the first time or after Stop, and waits until it answers.
func (s *Server) Run(t *testing.T) {
	t.Helper()
	s.postgres = s.command("postgres", "-D", s.folder, "-p", strconv.Itoa(s.port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=40", "-c", "log_min_messages=fatal")
	if err := s.postgres.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		if conn, err := pgx.Connect(ctx, s.URL); err == nil {
			_ = conn.Close(ctx)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server does not answer")
}

// Stop stops the server and ends its connections; a stopped one stays as it is.
func (s *Server) Stop(t *testing.T) {
	t.Helper()
	if s.postgres == nil {
		return
	}
	if err := s.postgres.Process.Signal(os.Interrupt); err != nil { // PostgreSQL's fast shutdown
		t.Error(err)
	}
	_ = s.postgres.Wait()
	s.postgres = nil
}

// Exec runs statements.
func (s *Server) Exec(t *testing.T, sql string) {
	t.Helper()
	s.connected(t, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql)
		return err
	})
}

// Number returns what a query for one number finds.
func (s *Server) Number(t *testing.T, sql string) (number int64) {
	t.Helper()
	s.connected(t, func(ctx context.Context, conn *pgx.Conn) error {
		return conn.QueryRow(ctx, sql).Scan(&number)
	})
	return number
}

func (s *Server) connected(t *testing.T, do func(context.Context, *pgx.Conn) error) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if err := do(ctx, conn); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(s.bin, name), args...)
	command.Dir = s.folder
	command.SysProcAttr = &syscall.SysProcAttr{Credential: s.credential, Pdeathsig: syscall.SIGQUIT}
	return command
}

// becomeUnprivileged makes the server another user's, because initdb refuses to run as root.
func (s *Server) becomeUnprivileged(t *testing.T) {
	t.Helper()
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Skip(err)
	}
	uid, _ := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, _ := strconv.ParseUint(nobody.Gid, 10, 32)
	if err := os.Chown(s.folder, int(uid), int(gid)); err != nil {
		t.Skip(err)
	}
	s.credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// binaries returns the folder of PostgreSQL's programs, which Debian keeps out of the PATH.
func binaries(t *testing.T) string {
	t.Helper()
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		t.Skip("there is no PostgreSQL here")
	}
	return filepath.Dir(found[len(found)-1])
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port
}
