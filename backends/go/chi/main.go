// Command chi is the go-chi backend of twofold: the catalog contract on the chi router.
package main

import (
	"github.com/go-chi/chi/v5/middleware"

	"twofold/backends/go/internal/chiapi"
	"twofold/backends/go/internal/server"
)

func main() {
	server.Main(chiapi.New, middleware.Recoverer)
}
