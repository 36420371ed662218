/* scenario_words: keys and values that occur in scenarios, for generated inputs. */
#ifndef TWOFOLD_TESTS_FUZZ_SCENARIO_WORDS_H
#define TWOFOLD_TESTS_FUZZ_SCENARIO_WORDS_H

#include <stddef.h>

static const char *const scenario_words[] = {
    "schema",   "name",        "why",      "requests", "values",  "double", "step",      "arrivals", "deadline",
    "seed",     "connections", "limits",   "warmup",   "measure", "what",   "from",      "steps",    "rate",
    "method",   "path",        "headers",  "json",     "body",    "expect", "status",    "length",   "weight",
    "uniform",  "zipf",        "sequence", "words",    "file",    "level",  "p50",       "p99",      "p999",
    "errors",   "throughput",  "memory",   "Host",     "X-A",     "{n}",    "{w} {{",    "{nobody}", "{",
    "/{n}?{w}", "50ms",        "0.1%",     "512MiB",   "1h",      "even",   "lines.txt", "GET",      "POST",
    "HEAD",     "n",           "w",        "csv",      "env",     "order",  "number",    "TOKEN",    "users.csv",
    "user",     NULL};

#endif
