/* What programs rely on: every key that report/json.h names is there, and no other. */
#include "base/file.h"
#include "report_cases.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

/* The header is where programs' authors read what a key means. */
static void check_described(const char *name)
{
    enum { TODO_MOST = 16 };
    struct text header = {0};
    struct error err = {0};
    json_t *top = report_case_json(report_case_named(name));
    json_t *todo[TODO_MOST] = {top};
    size_t count = 1;

    assert_int_equal(file_read(SOURCE_FOLDER "/harness/report/data/json.h", &header, &err), 0);
    while (count > 0) {
        json_t *value = todo[--count];
        json_t *member;
        const char *key;
        json_object_foreach(value, key, member)
        {
            json_t *inner = json_is_array(member) ? json_array_get(member, 0) : member;
            bool free_keys = strcmp(key, "evidence") == 0;
            assert_true(count < TODO_MOST);
            if (json_is_object(inner) && !free_keys) {
                todo[count++] = inner;
            }
            if (strstr(header.data, key) == NULL) {
                fail_msg("\"%s\" is not described in report/json.h", key);
            }
        }
    }
    json_decref(top);
    text_release(&header);
}

TEST(every_key_is_described_in_the_header)
{
    check_described("odd_breaks");
    check_described("soak");
    check_described("sessions");
    check_described("slow");
}

static void check_keys(const json_t *object, const char *const *keys)
{
    size_t count = 0;
    for (; keys[count] != NULL; count++) {
        if (json_object_get(object, keys[count]) == NULL) {
            fail_msg("\"%s\" is missing", keys[count]);
        }
    }
    assert_int_equal(json_object_size(object), count);
}

static void check_breaks(const json_t *breaks)
{
    static const char *const keys[] = {"limit",        "load_rps", "level",   "at_ms", "cause",
                                       "evidence",     "observed", "allowed", "unit",  "cause_in_words",
                                       "second_cause", "of",       NULL};
    size_t index;
    json_t *value;

    json_array_foreach(breaks, index, value)
    {
        check_keys(value, keys);
    }
}

static void check_requests(const json_t *requests, const char *const *failures)
{
    static const char *const keys[] = {"name",   "expectation", "offered", "sent",   "completed", "good",
                                       "failed", "failures",    "p50_ns",  "p99_ns", NULL};
    size_t index;
    json_t *value;

    json_array_foreach(requests, index, value)
    {
        check_keys(value, keys);
        check_keys(json_object_get(value, "failures"), failures);
    }
}

/* Steps of slow connections have one key more. */
static void check_slow(json_t *step)
{
    static const char *const counts[] = {"wanted",        "open",         "opened",  "closed",  "timed_out",
                                         "rejected",      "answered",     "refused", "missing", "denied",
                                         "life_least_ns", "life_most_ns", NULL};
    const json_t *slow = json_object_get(step, "slow_connections");
    bool doubles = strcmp(json_string_value(json_object_get(step, "level_unit")), "slow connections") == 0;

    assert_int_equal(slow != NULL, doubles);
    if (slow != NULL) {
        check_keys(slow, counts);
        json_object_del(step, "slow_connections");
    }
}

/* Steps of sessions have one key more. */
static void check_with_sessions(const json_t *step, const char *const *keys)
{
    static const char *const counts[] = {"begun", "finished", "abandoned", "unfinished", "denied", "most", NULL};
    const json_t *sessions = json_object_get(step, "sessions");
    bool users = strcmp(json_string_value(json_object_get(step, "level_unit")), "users/s") == 0;
    json_t *rest = json_copy((json_t *)step);

    assert_int_equal(sessions != NULL, users);
    if (users) {
        check_keys(sessions, counts);
        json_object_del(rest, "sessions");
    }
    check_slow(rest);
    check_keys(rest, keys);
    json_decref(rest);
}

static void check_step(const json_t *step)
{
    static const char *const keys[] = {"trial",
                                       "step",
                                       "level",
                                       "level_unit",
                                       "attempt",
                                       "phase",
                                       "load_rps",
                                       "verdict",
                                       "limits",
                                       "breaks",
                                       "invalid_because",
                                       "disturbed",
                                       "requests",
                                       "offered",
                                       "sent",
                                       "completed",
                                       "good",
                                       "failures",
                                       "offered_rps",
                                       "completed_rps",
                                       "good_rps",
                                       "mean_ns",
                                       "p50_ns",
                                       "p90_ns",
                                       "p99_ns",
                                       "p99_low_ns",
                                       "p99_high_ns",
                                       "kernel_receive_cores",
                                       "sampling_share",
                                       "p999_ns",
                                       "max_ns",
                                       "censored",
                                       "service_p50_ns",
                                       "service_p99_ns",
                                       "cpu_ns_per_request",
                                       "service_cores_used",
                                       "service_cpu_share",
                                       "busiest_thread_share",
                                       "rss_peak_bytes",
                                       "worker_connections",
                                       "death",
                                       "first_wrong",
                                       NULL};
    static const char *const failures[] = {"connect",  "reset",      "timeout", "status", "body",
                                           "protocol", "unanswered", "unsent",  NULL};

    check_with_sessions(step, keys);
    check_keys(json_object_get(step, "failures"), failures);
    check_requests(json_object_get(step, "requests"), failures);
    check_breaks(json_object_get(step, "breaks"));
}

/* A step without its place, and with its memory. */
static void check_soak(const json_t *soak)
{
    static const char *const keys[] = {"measured_ns",
                                       "memory_start_bytes",
                                       "memory_end_bytes",
                                       "memory_bytes_per_s",
                                       "memory_bytes_per_s_low",
                                       "memory_bytes_per_s_high",
                                       "memory_rises",
                                       "memory_levels_off",
                                       "memory_limit_after_s",
                                       NULL};
    json_t *step = json_copy((json_t *)soak);

    for (size_t i = 0; keys[i] != NULL; i++) {
        if (json_object_del(step, keys[i]) != 0) {
            fail_msg("\"%s\" is missing", keys[i]);
        }
    }
    json_object_set_new(step, "step", json_integer(1));
    json_object_set_new(step, "attempt", json_integer(1));
    json_object_set_new(step, "phase", json_string("ladder"));
    check_step(step);
    json_decref(step);
}

static void check_stalls(const json_t *stalls)
{
    static const char *const keys[] = {"load_rps", "level", "trial", "at_ms", "length_ms", "limit", "host", NULL};
    static const char *const host_keys[] = {"from_ms",
                                            "to_ms",
                                            "service_cores",
                                            "service_cores_in_step",
                                            "run_delay_ms",
                                            "memory_before_bytes",
                                            "memory_after_bytes",
                                            "accept_queue_peak",
                                            "accept_queue_overflows",
                                            "stopped_share",
                                            "throttled_share",
                                            "disk_blocked_share",
                                            "disk_wait_ms",
                                            "major_faults",
                                            "swapped_pages",
                                            "retransmits",
                                            "foreign_share",
                                            "steal_share",
                                            "in_words",
                                            NULL};
    size_t index;
    json_t *stall;

    json_array_foreach(stalls, index, stall)
    {
        check_keys(stall, keys);
        if (!json_is_null(json_object_get(stall, "host"))) {
            check_keys(json_object_get(stall, "host"), host_keys);
        }
    }
}

static const char *const backend_keys[] = {"name",
                                           "language",
                                           "framework",
                                           "class",
                                           "verified",
                                           "versions",
                                           "environment",
                                           "workers",
                                           "box",
                                           "unboxed",
                                           "skipped",
                                           "attached",
                                           "protocol",
                                           "process_cores",
                                           "followed",
                                           "not_watched",
                                           "watch",
                                           "watched",
                                           "distrusted",
                                           "wrong_from_start",
                                           "limits",
                                           "stalls",
                                           "capacity_rps",
                                           "capacity_level",
                                           "capacity_least_level",
                                           "capacity_most_level",
                                           "capacity_low_level",
                                           "capacity_high_level",
                                           "capacity_confidence",
                                           "scores",
                                           "breaks_at_rps",
                                           "breaks_at_level",
                                           "trials",
                                           "trials_failed",
                                           "failed_trials",
                                           "trials_ended_early",
                                           "dependencies_mended",
                                           "deaths",
                                           "audit_gaps",
                                           "not_monotone",
                                           "all_invalid",
                                           "breaks",
                                           "resources",
                                           "resources_in_words",
                                           "sentence",
                                           "steps",
                                           "forecast",
                                           "recovery",
                                           "cold_start",
                                           "soak",
                                           "idle_rss_bytes",
                                           "cold_start_ns",
                                           "first_request_ns",
                                           "artifact_bytes",
                                           "artifact_hash",
                                           "dependencies",
                                           "build_ns",
                                           "runtime_bytes",
                                           "memory_given_bytes",
                                           "build_clean_ns",
                                           "build_changed_ns",
                                           "source_lines",
                                           "change",
                                           "faults",
                                           NULL};

static void check_backend(const json_t *backend)
{
    size_t index;
    json_t *step;

    check_keys(backend, backend_keys);
    check_breaks(json_object_get(backend, "breaks"));
    check_stalls(json_object_get(backend, "stalls"));
    json_array_foreach(json_object_get(backend, "steps"), index, step)
    {
        check_step(step);
    }
    if (!json_is_null(json_object_get(backend, "soak"))) {
        check_soak(json_object_get(backend, "soak"));
    }
}

static void check_top(const json_t *top)
{
    static const char *const keys[] = {"schema",
                                       "harness_version",
                                       "started",
                                       "complete",
                                       "cut_short_because",
                                       "scenario",
                                       "why",
                                       "scenario_hash",
                                       "overridden",
                                       "seed",
                                       "trials",
                                       "quick",
                                       "doubling",
                                       "arrivals",
                                       "deadline_ns",
                                       "limits",
                                       "machine",
                                       "cores",
                                       "calibration",
                                       "answer",
                                       "answer_lines",
                                       "backends",
                                       "warnings",
                                       "valid",
                                       "calibrations",
                                       "calibration_spread",
                                       "profile",
                                       "common_level",
                                       "comparisons",
                                       "boxes",
                                       "languages",
                                       "ranking",
                                       NULL};
    static const char *const warning_keys[] = {"kind", "text", "command", NULL};
    size_t index;
    json_t *value;

    check_keys(top, keys);
    assert_int_equal(json_integer_value(json_object_get(top, "schema")), 2);
    json_array_foreach(json_object_get(top, "backends"), index, value)
    {
        check_backend(value);
    }
    json_array_foreach(json_object_get(top, "warnings"), index, value)
    {
        check_keys(value, warning_keys);
    }
}

TEST(every_known_key_is_there_and_no_other)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        json_t *top = report_case_json(report_case);
        check_top(top);
        json_decref(top);
    }
}
