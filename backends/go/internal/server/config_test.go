package server

import "testing"

func TestConfigFromEnv(t *testing.T) {
	for _, test := range []struct {
		host, port, cores, items string
		ok                       bool
		seeded                   uint32
	}{
		{"127.0.0.1", "8080", "2", "", true, 10_000},
		{"::1", "65535", "1", "20000", true, 20_000},
		{"", "8080", "2", "", false, 0},
		{"127.0.0.1", "", "2", "", false, 0},
		{"127.0.0.1", "0", "2", "", false, 0},
		{"127.0.0.1", "65536", "2", "", false, 0},
		{"127.0.0.1", "8080", "", "", false, 0},
		{"127.0.0.1", "8080", "0", "", false, 0},
		{"127.0.0.1", "8080", "2", "many", false, 0},
		{"127.0.0.1", "8080", "2", "10000001", false, 0},
	} {
		env := map[string]string{"HOST": test.host, "PORT": test.port, "CORES": test.cores, "ITEMS": test.items}
		config, err := configFromEnv(func(key string) string { return env[key] })
		if (err == nil) != test.ok || config.items != test.seeded {
			t.Errorf("%+v: %+v, %v", test, config, err)
		}
	}
}

func TestConfigFromEnvTakesMemoryAndShed(t *testing.T) {
	for _, test := range []struct {
		memory, shed string
		ok           bool
	}{
		{"", "", true},
		{"536870912", "64", true},
		{"512MiB", "", false},
		{"0", "", false},
		{"", "-1", false},
	} {
		env := map[string]string{"HOST": "::1", "PORT": "1", "CORES": "1", "MEMORY": test.memory, "SHED": test.shed}
		cfg, err := configFromEnv(func(key string) string { return env[key] })
		if (err == nil) != test.ok {
			t.Errorf("%+v: %v", test, err)
		}
		if test.memory == "536870912" && (cfg.memory != 512<<20 || cfg.shed != 64) {
			t.Errorf("%+v: %+v", test, cfg)
		}
	}
}
