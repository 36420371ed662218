#include "record/reading/sample_json.h"

#include "base/mem.h"
#include "record/reading/folded_columns.h"
#include "record/run_fields.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What is always there: the moment and the cost. */
#define NO_PART 0

/* The part of the reading that is stored under `key`. */
static uint64_t part_of(const char *key)
{
    static const struct {
        const char *key;
        uint64_t part;
    } parts[] = {
        {"at_ns", NO_PART},
        {"cost_ns", NO_PART},
        {"cpu_ns", SAMPLE_CPU},
        {"rss_bytes", SAMPLE_MEMORY},
        {"anonymous_bytes", SAMPLE_MEMORY},
        {"descriptors", SAMPLE_FILE_DESCRIPTORS},
        {"descriptors_most", SAMPLE_FILE_DESCRIPTORS},
        {"descriptor_limit", SAMPLE_FILE_DESCRIPTORS},
        {"processes", SAMPLE_THREADS},
        {"threads", SAMPLE_THREADS},
        {"busiest_thread_cpu_ns", SAMPLE_THREADS},
        {"run_delay_ns", SAMPLE_THREADS},
        {"context_switches", SAMPLE_THREADS},
        {"active_threads", SAMPLE_THREADS},
        {"stopped_processes", SAMPLE_THREADS},
        {"blocked_processes", SAMPLE_THREADS},
        {"major_faults", SAMPLE_THREADS},
        {"block_wait_ns", SAMPLE_THREADS},
        {"listen_queue", SAMPLE_ACCEPT_QUEUE},
    };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strcmp(key, parts[i].key) == 0) {
            return parts[i].part;
        }
    }
    return strncmp(key, "service_group_", strlen("service_group_")) == 0 ? SAMPLE_GROUP : SAMPLE_MACHINE;
}

json_t *sample_json_columns(const struct sample *samples, size_t count)
{
    json_t *columns = json_object();
    uint64_t absent = 0;

    fields_write_columns(sample_fields, samples, count, sizeof *samples, columns);
    for (size_t i = 0; i < count; i++) {
        absent |= samples[i].absent;
    }
    for (const struct field *field = sample_fields; absent != 0 && field->key != NULL; field++) {
        uint64_t part = part_of(field->key);
        for (size_t i = 0; (absent & part) != 0 && i < count; i++) {
            if ((samples[i].absent & part) != 0) {
                json_array_set_new(json_object_get(columns, field->key), i, json_null());
            }
        }
    }
    return columns;
}

/* The column with 0 in the place of null; a new reference. Sets the part in `absent` of the rows where null was. */
static json_t *without_nulls(json_t *column, uint64_t part, uint64_t *absent, size_t count)
{
    json_t *copy = NULL;

    for (size_t i = 0; i < json_array_size(column) && part != NO_PART; i++) {
        if (json_is_null(json_array_get(column, i))) {
            copy = copy == NULL ? json_copy(column) : copy;
            json_array_set_new(copy, i, json_integer(0));
            if (i < count) {
                absent[i] |= part;
            }
        }
    }
    return copy != NULL ? copy : json_incref(column);
}

/* Of a part of which something is absent nothing is believed. */
static void clear_absent(struct sample *sample)
{
    for (const struct field *field = sample_fields; sample->absent != 0 && field->key != NULL; field++) {
        if ((sample->absent & part_of(field->key)) != 0) {
            memset((char *)sample + field->offset, 0, sizeof(uint64_t));
        }
    }
}

static int read_columns(const json_t *columns, struct sample **ret_samples, size_t *ret_count, struct error *err)
{
    size_t count = json_array_size(json_object_get(columns, "at_ns"));
    uint64_t *absent = mem_new(count + 1, sizeof *absent);
    json_t *filled = json_object(), *column;
    void *samples = NULL;
    const char *key;

    json_object_foreach((json_t *)columns, key, column)
    {
        json_object_set_new(filled, key, without_nulls(column, part_of(key), absent, count));
    }
    int result = fields_read_columns(sample_fields, &samples, &count, sizeof(struct sample), filled, err);
    if (result == 0) {
        *ret_samples = samples;
        *ret_count = count;
    }
    for (size_t i = 0; result == 0 && i < count; i++) {
        (*ret_samples)[i].absent = absent[i];
        clear_absent(&(*ret_samples)[i]);
    }
    json_decref(filled);
    free(absent);
    return result;
}

int sample_json_read_columns(const json_t *columns, struct sample **ret_samples, size_t *ret_count, struct error *err)
{
    json_t *unfolded;

    if (folded_columns_unfold(columns, &unfolded, err) != 0) {
        return -1;
    }
    int result = read_columns(unfolded, ret_samples, ret_count, err);
    json_decref(unfolded);
    return result;
}

void sample_json_write(const struct sample *sample, json_t *object)
{
    fields_write(sample_fields, sample, object);
    for (const struct field *field = sample_fields; field->key != NULL; field++) {
        if ((sample->absent & part_of(field->key)) != 0) {
            json_object_set_new(object, field->key, json_null());
        }
    }
}

int sample_json_read(const json_t *object, struct sample *ret_sample, struct error *err)
{
    json_t *known = json_object();
    struct sample sample = {0};

    for (const struct field *field = sample_fields; field->key != NULL; field++) {
        json_t *value = json_object_get(object, field->key);
        if (value == NULL || json_is_null(value)) {
            sample.absent |= part_of(field->key);
            value = NULL;
        }
        json_object_set_new(known, field->key, value != NULL ? json_incref(value) : json_integer(0));
    }
    int result = fields_read_object(known, sample_fields, NULL, &sample, err);
    json_decref(known);
    if (result == 0) {
        clear_absent(&sample);
        *ret_sample = sample;
    }
    return result;
}
