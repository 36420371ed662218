package server

import (
	"errors"
	"fmt"
	"net"
	"strconv"

	"twofold/backends/go/internal/table"
)

// seedItems is how many items the catalog starts with where ITEMS says nothing.
const seedItems = 10_000

const maxSeedItems = 10_000_000

type config struct {
	addr  string
	cores int
	items uint32

	// faults: it may be asked to fail.
	faults bool

	memory int64 // bytes that the process may use; 0: nobody says
	shed   int   // requests under way at a time, a core, before one more is refused; 0: none ever is

	// Each may be empty or zero: the service then runs without.
	upstreamURL, databaseURL, modelFile string
	tableRows                           int
	accountsFile, tokenKey              string
}

func configFromEnv(getenv func(string) string) (config, error) {
	host := getenv("HOST")
	if host == "" {
		return config{}, errors.New("HOST must be the address to listen on")
	}
	port, err := strconv.ParseUint(getenv("PORT"), 10, 16)
	if err != nil || port == 0 {
		return config{}, fmt.Errorf("PORT must be a number from 1 to 65535, not %q", getenv("PORT"))
	}
	cores, err := strconv.Atoi(getenv("CORES"))
	if err != nil || cores < 1 {
		return config{}, fmt.Errorf("CORES must be a positive number, not %q", getenv("CORES"))
	}
	rows, err := tableRows(getenv("TABLE_ROWS"))
	if err != nil {
		return config{}, err
	}
	items, err := itemsFrom(getenv("ITEMS"))
	if err != nil {
		return config{}, err
	}
	memory, err := optional("MEMORY", getenv)
	if err != nil {
		return config{}, err
	}
	shed, err := optional("SHED", getenv)
	if err != nil {
		return config{}, err
	}
	return config{
		addr:   net.JoinHostPort(host, strconv.FormatUint(port, 10)),
		cores:  cores,
		items:  items,
		memory: memory,
		shed:   int(shed),

		faults: getenv("FAULTS") == "1",

		upstreamURL: getenv("UPSTREAM_URL"),
		databaseURL: getenv("DATABASE_URL"),
		modelFile:   getenv("MODEL_FILE"),
		tableRows:   rows,

		accountsFile: getenv("ACCOUNTS_FILE"),
		tokenKey:     getenv("TOKEN_KEY"),
	}, nil
}

func tableRows(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	rows, err := strconv.Atoi(text)
	if err != nil || rows < table.MinRows {
		return 0, fmt.Errorf("TABLE_ROWS must be a number from %d on, not %q", table.MinRows, text)
	}
	return rows, nil
}

func itemsFrom(text string) (uint32, error) {
	if text == "" {
		return seedItems, nil
	}
	items, err := strconv.ParseUint(text, 10, 32)
	if err != nil || items > maxSeedItems {
		return 0, fmt.Errorf("ITEMS must be a number from 0 to %d, not %q", maxSeedItems, text)
	}
	return uint32(items), nil
}

// optional is a positive number, or 0 where the variable is not set.
func optional(name string, getenv func(string) string) (int64, error) {
	text := getenv(name)
	if text == "" {
		return 0, nil
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 1 {
		return 0, fmt.Errorf("%s must be a positive number, not %q", name, text)
	}
	return value, nil
}
