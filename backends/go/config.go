package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
)

type config struct {
	addr  string
	cores int

	// Either may be empty: the service then runs without.
	upstreamURL, databaseURL string
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
	return config{
		addr:  net.JoinHostPort(host, strconv.FormatUint(port, 10)),
		cores: cores,

		upstreamURL: getenv("UPSTREAM_URL"),
		databaseURL: getenv("DATABASE_URL"),
	}, nil
}
