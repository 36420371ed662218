// Package server is what the programs of this module have in common: what the process is told, listening, stopping.
package server

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"twofold/backends/go/internal/catalog"
	"twofold/backends/go/internal/events"
	"twofold/backends/go/internal/fanout"
	"twofold/backends/go/internal/httpapi"
	"twofold/backends/go/internal/members"
	"twofold/backends/go/internal/model"
	"twofold/backends/go/internal/orders"
	"twofold/backends/go/internal/table"
)

const (
	idleTimeout  = 75 * time.Second
	readTimeout  = 10 * time.Second // of a whole request, from its first byte
	writeTimeout = 30 * time.Second

	// The rest of what the process may use is for what the collector does not count: stacks of C, the binary, and what
	// it is about to give back.
	heapShare = 0.9

	// The contract gives five seconds between SIGTERM and the end of the process.
	shutdownTimeout = 4 * time.Second
)

// Router makes the routes of a service.
type Router func(httpapi.Services) http.Handler

// Main is all that a program does, but for its routes and for what is outermost around them.
func Main(router Router, around ...func(http.Handler) http.Handler) {
	if err := run(router, around); err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func run(router Router, around []func(http.Handler) http.Handler) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	cfg, err := configFromEnv(os.Getenv)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(cfg.cores)
	if cfg.memory > 0 {
		debug.SetMemoryLimit(int64(heapShare * float64(cfg.memory)))
	}

	seconds := events.NewHub()
	handler, err := newHandler(cfg, router, seconds)
	if err != nil {
		return err
	}
	go seconds.Run(ctx)
	for _, middleware := range around {
		handler = middleware(handler)
	}
	listener, err := net.Listen("tcp", cfg.addr)
	if err != nil {
		return err
	}
	return serve(ctx, newPatientListener(listener), handler)
}

// newHandler makes the service. The pool of the database is never closed: that would wait for answers that may not come,
// and the end of the process closes its connections.
func newHandler(cfg config, router Router, seconds *events.Hub) (http.Handler, error) {
	var upstream *fanout.Client
	var placed *orders.Store
	var err error
	if cfg.upstreamURL != "" {
		if upstream, err = fanout.NewClient(cfg.upstreamURL); err != nil {
			return nil, fmt.Errorf("UPSTREAM_URL: %w", err)
		}
	}
	if cfg.databaseURL != "" {
		if placed, err = orders.Open(cfg.databaseURL, cfg.cores); err != nil {
			return nil, fmt.Errorf("DATABASE_URL: %w", err)
		}
	}
	services := httpapi.Services{
		Catalog: catalog.NewSeededStore(cfg.items), Events: seconds, Upstream: upstream, Orders: placed,
	}
	if cfg.modelFile != "" {
		if services.Model, err = model.Open(cfg.modelFile); err != nil {
			return nil, fmt.Errorf("MODEL_FILE: %w", err)
		}
	}
	if cfg.tableRows > 0 {
		services.Table = table.New(cfg.tableRows)
	}
	if cfg.accountsFile != "" && cfg.tokenKey != "" {
		if services.Members, err = members.Open(cfg.accountsFile, cfg.tokenKey, cfg.cores); err != nil {
			return nil, fmt.Errorf("ACCOUNTS_FILE: %w", err)
		}
	}
	handler := router(services)
	if cfg.faults {
		handler = httpapi.WithFaults(handler)
	}
	if cfg.shed > 0 {
		handler = httpapi.Shed(handler, cfg.shed*cfg.cores)
	}
	return handler, nil
}

// serve answers requests until ctx is done, then finishes those in flight.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:      handler,
		ReadTimeout:  readTimeout,
		WriteTimeout: writeTimeout,
		IdleTimeout:  idleTimeout,
	}

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}

	shutdownCtx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(shutdownCtx)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Printf("closing the connections still open %v after the signal to stop", shutdownTimeout)
		return server.Close()
	}
	return err
}
