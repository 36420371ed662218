package main

import "testing"

func TestConfigFromEnv(t *testing.T) {
	for _, test := range []struct {
		host, port, cores string
		ok                bool
	}{
		{"127.0.0.1", "8080", "2", true},
		{"::1", "65535", "1", true},
		{"", "8080", "2", false},
		{"127.0.0.1", "", "2", false},
		{"127.0.0.1", "0", "2", false},
		{"127.0.0.1", "65536", "2", false},
		{"127.0.0.1", "8080", "", false},
		{"127.0.0.1", "8080", "0", false},
	} {
		env := map[string]string{"HOST": test.host, "PORT": test.port, "CORES": test.cores}
		_, err := configFromEnv(func(key string) string { return env[key] })
		if (err == nil) != test.ok {
			t.Errorf("%+v: %v", test, err)
		}
	}
}
