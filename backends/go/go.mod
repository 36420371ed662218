module twofold/backends/go

go 1.25.0

toolchain go1.26.6

require (
	github.com/dmitryikh/leaves v0.0.0-20230708180554-25d19a787328
	github.com/jackc/pgx/v5 v5.12.0
	golang.org/x/time v0.14.0
	gonum.org/v1/gonum v0.17.0
)

require (
	github.com/jackc/pgpassfile v1.0.0 // indirect
	github.com/jackc/pgservicefile v0.0.0-20240606120523-5a60cdf6a761 // indirect
	github.com/jackc/puddle/v2 v2.2.3 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/text v0.41.0 // indirect
)
