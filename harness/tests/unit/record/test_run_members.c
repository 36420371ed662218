#include "base/mem.h"
#include "run_place.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Members that older files lack. */
static const char *const later_keys[] = {"congestion_control",
                                         "connections_missing",
                                         "connections_denied",
                                         "stood_still",
                                         "carried_in_flight",
                                         "held_at_end",
                                         "wall_stepped_ns",
                                         "unreadable",
                                         "capture",
                                         "user_sessions",
                                         "slow_connections",
                                         "dependency_cpu",
                                         "dependency_places",
                                         "attempt",
                                         "first_wrong",
                                         "stalls",
                                         "statuses",
                                         "not_watched",
                                         "artifact_hash",
                                         "followed",
                                         "active_threads",
                                         "stopped_processes",
                                         "blocked_processes",
                                         "major_faults",
                                         "block_wait_ns",
                                         "disturbed",
                                         "environment",
                                         "counters_hidden",
                                         "processes_hidden",
                                         "fault",
                                         "not_installed",
                                         "change_files",
                                         "change_lines",
                                         "harness_fault",
                                         "not_counted",
                                         "overridden",
                                         "targets",
                                         "http2",
                                         "insecure",
                                         "ca_file",
                                         "attached",
                                         "folders",
                                         "verified",
                                         "protocol",
                                         "cores",
                                         "watch",
                                         "watched",
                                         "runtime",
                                         "ended_early",
                                         "reason",
                                         "mended",
                                         "other_run",
                                         "box",
                                         "unboxed",
                                         "memory_given_bytes",
                                         "runtime_bytes",
                                         "build_clean_ns",
                                         "build_changed_ns",
                                         "worker_connections",
                                         "round_trip_ns",
                                         "link_received_bytes",
                                         "link_sent_bytes",
                                         "link_bytes_per_s"};

/* Whether older files lack the field of that line. */
static bool came_later(unsigned number, const char *key)
{
    bool later = (number > 1 && strcmp(key, "seed") == 0) || /* the run always had one */
                 strncmp(key, "service_group_", strlen("service_group_")) == 0;

    for (size_t i = 0; i < sizeof later_keys / sizeof later_keys[0]; i++) {
        later = later || strcmp(key, later_keys[i]) == 0;
    }
    return later;
}

/* Checks that every member of `part`, an object in line `number`, must be there and have its type, and that there must
 * be no other. */
static void check_members(const struct run_place *place, unsigned number, const json_t *line, json_t *part)
{
    json_t *copy = json_copy(part), *value;
    const char *key;

    json_object_foreach(copy, key, value)
    {
        char *quoted = mem_format("\"%s\"", key);
        json_object_del(part, key);
        if (!came_later(number, key)) {
            run_place_check_line(place, number, line, quoted);
        }
        json_object_set_new(part, key, json_pack("[[i]]", 1));
        run_place_check_line(place, number, line, quoted);
        json_object_set(part, key, value);
        free(quoted);
    }
    json_object_set_new(part, "surprise", json_integer(1));
    run_place_check_line(place, number, line, "\"surprise\"");
    json_object_del(part, "surprise");
    json_decref(copy);
}

TEST(every_member_must_be_there_with_its_type_and_no_other)
{
    static const struct {
        unsigned line;
        const char *path[3];
    } parts[] = {
        {1, {NULL}},
        {1, {"machine"}},
        {1, {"calibration"}},
        {2, {NULL}},
        {2, {"idle"}},
        {5, {NULL}},
        {5, {"load"}},
        {5, {"load", "tally"}},
        {5, {"load", "tally", "failures"}},
        {5, {"load", "response"}},
        {5, {"load", "first_wrong"}},
        {5, {"load", "stalls"}},
        {5, {"load", "statuses"}},
        {5, {"memory"}},
        {5, {"death"}},
        {5, {"samples"}},
        {5, {"runtime"}},
        {8, {NULL}},
        {8, {"expected"}},
        {9, {NULL}},
        {9, {"load"}},
        {10, {NULL}},
        {11, {NULL}},
        {12, {NULL}},
        {12, {"upstream"}},
        {12, {"database"}},
        {13, {NULL}},
        {14, {NULL}},
        {14, {"load"}},
        {15, {NULL}},
        {16, {NULL}},
        {16, {"measured"}},
    };
    struct run_place place;

    run_place_init(&place);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        json_t *line = run_place_parse(&place, parts[i].line), *part = line;
        for (int j = 0; j < 3 && parts[i].path[j] != NULL; j++) {
            part = json_object_get(part, parts[i].path[j]);
        }
        assert_true(json_object_size(part) > 0);
        check_members(&place, parts[i].line, line, part);
        json_decref(line);
    }
    run_place_release(&place);
}

TEST(intervals_are_held_to_the_same_rules)
{
    struct run_place place;

    run_place_init(&place);
    json_t *line = run_place_parse(&place, 5);
    json_t *load = json_object_get(line, "load"), *interval = json_array_get(json_object_get(load, "windows"), 1);
    check_members(&place, 5, line, interval);
    check_members(&place, 5, line, json_object_get(interval, "response"));
    json_object_set_new(load, "windows", json_array());
    run_place_check_line(&place, 5, line, "\"windows\"");
    json_t *many = json_array();
    for (int i = 0; i < 100000; i++) { /* each would cost memory whatever it says */
        json_array_append_new(many, json_integer(0));
    }
    json_object_set_new(load, "windows", many);
    run_place_check_line(&place, 5, line, "\"windows\"");
    json_decref(line);
    run_place_release(&place);
}

TEST(counts_that_do_not_fit_their_total_are_refused)
{
    struct run_place place;
    struct histogram coarse;
    struct text encoded = {0};

    run_place_init(&place);
    json_t *line = run_place_parse(&place, 5);
    json_t *response = json_object_get(json_object_get(line, "load"), "response");
    json_object_set_new(response, "total", json_integer(7));
    run_place_check_line(&place, 5, line, "\"response\"");
    histogram_init(&coarse, 2);
    histogram_record_many(&coarse, 1000, 7);
    histogram_encode(&coarse, &encoded);
    json_object_set_new(response, "counts", json_string(encoded.data)); /* the total fits, the digits do not */
    run_place_check_line(&place, 5, line, "\"response\"");
    histogram_release(&coarse);
    text_release(&encoded);
    json_decref(line);
    run_place_release(&place);
}

TEST(a_step_is_of_the_ladder_or_of_the_search)
{
    struct run_place place;

    run_place_init(&place);
    json_t *line = run_place_parse(&place, 5);
    json_object_set_new(line, "phase", json_string("recovery"));
    run_place_check_line(&place, 5, line, "\"phase\"");
    json_decref(line);
    run_place_release(&place);
}

TEST(a_fault_of_a_dependency_is_one_that_has_a_name)
{
    static const char *const keys[] = {"fault", "mended"};
    struct run_place place;

    run_place_init(&place);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char *quoted = mem_format("\"%s\"", keys[i]);
        json_t *line = run_place_parse(&place, 5);
        json_object_set_new(json_array_get(json_object_get(line, "dependencies"), 0), keys[i], json_string("odd"));
        run_place_check_line(&place, 5, line, quoted);
        json_decref(line);
        free(quoted);
    }
    run_place_release(&place);
}
