// Command server is the Go backend of twofold: the catalog contract on net/http.
package main

import (
	"twofold/backends/go/internal/httpapi"
	"twofold/backends/go/internal/server"
)

func main() {
	server.Main(httpapi.New)
}
