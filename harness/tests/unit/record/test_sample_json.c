#include "record/reading/sample_json.h"

#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Every number is another one. */
static struct sample make(uint64_t base, uint64_t absent)
{
    struct sample sample = {.at_ns = base,
                            .cost_ns = base + 1,
                            .cpu_ns = base + 2,
                            .rss_bytes = base + 3,
                            .file_descriptors = base + 4,
                            .threads = base + 5,
                            .accept_queue = base + 6,
                            .service_group_periods = base + 8,
                            .service_group_throttled_periods = base + 7,
                            .listen_overflows = base + 9,
                            .pressure_cpu = -1,
                            .absent = absent};
    return sample;
}

static void check_null(const json_t *columns, const char *key, size_t row, bool null)
{
    const json_t *value = json_array_get(json_object_get(columns, key), row);

    if (json_is_null(value) != null) {
        fail_msg("%s[%zu] is %s", key, row, null ? "not null" : "null");
    }
}

TEST(what_was_not_read_is_null_and_all_else_stays)
{
    struct sample samples[] = {make(100, 0), make(200, SAMPLE_CPU | SAMPLE_GROUP), make(300, SAMPLE_MACHINE)};
    json_t *columns = sample_json_columns(samples, 3);
    struct sample *read;
    size_t count;

    check_null(columns, "cpu_ns", 0, false);
    check_null(columns, "cpu_ns", 1, true);
    check_null(columns, "service_group_periods", 1, true);
    check_null(columns, "service_group_quota_cores", 1, true);
    check_null(columns, "rss_bytes", 1, false);
    check_null(columns, "listen_overflows", 2, true);
    check_null(columns, "pressure_cpu", 2, true);
    check_null(columns, "at_ns", 2, false);
    assert_int_equal(sample_json_read_columns(columns, &read, &count, NULL), 0);
    assert_int_equal(count, 3);
    assert_memory_equal(&read[0], &samples[0], sizeof samples[0]);
    assert_int_equal(read[1].absent, SAMPLE_CPU | SAMPLE_GROUP);
    assert_int_equal(read[1].cpu_ns, 0);
    assert_int_equal(read[1].rss_bytes, 203);
    assert_int_equal(read[2].absent, SAMPLE_MACHINE);
    assert_int_equal(read[2].cpu_ns, 302);
    free(read);
    json_decref(columns);
}

TEST(each_part_can_be_absent_by_itself)
{
    for (uint64_t part = 1; part <= SAMPLE_MACHINE; part <<= 1) {
        struct sample sample = make(100, part);
        json_t *columns = sample_json_columns(&sample, 1);
        struct sample *read;
        size_t count;
        assert_int_equal(sample_json_read_columns(columns, &read, &count, NULL), 0);
        assert_int_equal(read[0].absent, part);
        free(read);
        json_decref(columns);
    }
}

TEST(the_moment_is_never_null_and_a_column_has_no_other_strangers)
{
    struct sample sample = make(100, 0);
    json_t *columns = sample_json_columns(&sample, 1);
    struct error err = {0};
    struct sample *read;
    size_t count;

    json_object_set_new(columns, "at_ns", json_pack("[n]"));
    assert_int_equal(sample_json_read_columns(columns, &read, &count, &err), -1);
    assert_non_null(strstr(err.message, "\"at_ns\"[0]"));
    err = (struct error){0};
    json_object_set_new(columns, "at_ns", json_pack("[i]", 100));
    json_object_set_new(columns, "cpu_ns", json_pack("[s]", "much"));
    assert_int_equal(sample_json_read_columns(columns, &read, &count, &err), -1);
    assert_non_null(strstr(err.message, "\"cpu_ns\"[0]"));
    json_decref(columns);
}

TEST(one_sample_is_read_back_from_a_line_with_other_members)
{
    struct sample sample = make(100, SAMPLE_THREADS), read;
    json_t *line = json_pack("{s:s, s:i}", "record", "sample", "unix_ns", 4711);

    sample_json_write(&sample, line);
    assert_true(json_is_null(json_object_get(line, "threads")));
    assert_int_equal(sample_json_read(line, &read, NULL), 0);
    assert_int_equal(read.absent, SAMPLE_THREADS);
    assert_int_equal(read.threads, 0);
    assert_int_equal(read.cpu_ns, 102);
    json_object_del(line, "cpu_ns"); /* an older twofold may not have it */
    assert_int_equal(sample_json_read(line, &read, NULL), 0);
    assert_int_equal(read.absent, SAMPLE_THREADS | SAMPLE_CPU);
    json_object_set_new(line, "rss_bytes", json_string("x"));
    assert_int_equal(sample_json_read(line, &read, NULL), -1);
    json_decref(line);
}
