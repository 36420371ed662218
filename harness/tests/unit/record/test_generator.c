#include "record/fleet/generator.h"

#include "base/mem.h"
#include "record/run_log.h"
#include "run_example.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A fleet of two in the first step of the example. */
static void give_fleet(struct run_log *log)
{
    struct generator_loads *loads = &log->steps[0].generators;

    log->generators = mem_new(2, sizeof *log->generators);
    log->generator_count = loads->count = 2;
    loads->items = mem_new(2, sizeof *loads->items);
    for (unsigned i = 0; i < 2; i++) {
        log->generators[i] = (struct generator_record){.rank = i,
                                                       .host = mem_format("gen%u", i + 1),
                                                       .cores = mem_string("0-1"),
                                                       .threads = 2 + i};
        log->generators[i].machine.cpu = mem_string("a CPU");
        log->generators[i].machine.cores = 4 + i;
        loads->items[i] = (struct generator_load){.rank = i,
                                                  .host = mem_format("gen%u", i + 1),
                                                  .offered = 101 + i,
                                                  .sent = 91 + i,
                                                  .completed = 81 + i,
                                                  .unanswered = 71 + i,
                                                  .connect_failures = 61 + i,
                                                  .p99_ns = 51 + i,
                                                  .p99_samples = 41 + i,
                                                  .send_lag_p99_ns = 31 + i,
                                                  .busiest_thread = 1.0 / (3 + i),
                                                  .starved_thread = 1.0 / (5 + i),
                                                  .stood_still = 1.0 / (7 + i),
                                                  .mean_in_flight = 1.0 / (9 + i),
                                                  .held_at_end = 18 + i,
                                                  .cpu_ns = 21 + i,
                                                  .connections = 11 + i,
                                                  .connections_missing = 12 + i,
                                                  .connections_denied = 13 + i,
                                                  .late_ns = 14 + i,
                                                  .clock_error_ns = 15 + i,
                                                  .round_trip_ns = 16 + i,
                                                  .gather_ns = 17 + i};
    }
}

static void check_same(const json_t *came, json_t *expected)
{
    assert_true(json_equal((json_t *)(uintptr_t)came, expected));
}

TEST(a_run_log_keeps_who_sent_its_load)
{
    char *folder = run_example_folder(), *file = mem_format("%s/run.jsonl", folder);
    struct run_log log, read;
    struct error err = {0};

    run_example_make(&log);
    give_fleet(&log);
    run_example_write(&log, file);
    if (run_log_read(&read, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(read.generator_count, 2);
    for (size_t i = 0; i < 2; i++) {
        json_t *came = generator_record_json(&read.generators[i]), *was = generator_record_json(&log.generators[i]);
        check_same(came, was);
        json_decref(came);
        json_decref(was);
    }
    json_t *came = generator_loads_json(&read.steps[0].generators),
           *was = generator_loads_json(&log.steps[0].generators);
    check_same(came, was);
    assert_int_equal(read.steps[1].generators.count, 0);
    json_decref(came);
    json_decref(was);
    run_log_release(&read);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, (const char *const[]){"run.jsonl", NULL});
}

/* Older files lack what came later. */
static bool came_later(const char *key)
{
    return strcmp(key, "held_at_end") == 0 || strcmp(key, "round_trip_ns") == 0 || strcmp(key, "gather_ns") == 0;
}

TEST(every_figure_of_a_generator_must_be_there_and_no_other)
{
    struct generator_load load;
    struct run_log log;
    const char *key;
    json_t *value;

    run_example_make(&log);
    give_fleet(&log);
    json_t *whole = generator_load_json(&log.steps[0].generators.items[0]), *part = json_copy(whole);
    json_object_foreach(whole, key, value)
    {
        json_object_del(part, key);
        load = (struct generator_load){0};
        assert_int_equal(generator_load_read(&load, part, NULL), came_later(key) ? 0 : -1);
        free(load.host);
        json_object_set(part, key, value);
    }
    json_object_set_new(part, "surprise", json_integer(1));
    load = (struct generator_load){0};
    assert_int_equal(generator_load_read(&load, part, NULL), -1);
    free(load.host);
    json_decref(part);
    json_decref(whole);
    run_log_release(&log);
}
