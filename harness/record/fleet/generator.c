#include "record/fleet/generator.h"

#include "base/mem.h"
#include "record/fields.h"
#include "record/run_fields.h"

#include <stdlib.h>

/* Far more hosts than any run has. */
#define GENERATORS_MOST 4096

static const struct field record_fields[] = {
    FIELD(generator_record, rank),
    FIELD(generator_record, host),
    FIELD(generator_record, cores),
    FIELD(generator_record, threads),
    FIELD_END,
};

static const struct field generator_load_fields[] = {
    FIELD(generator_load, rank),
    FIELD(generator_load, host),
    FIELD(generator_load, offered),
    FIELD(generator_load, sent),
    FIELD(generator_load, completed),
    FIELD(generator_load, unanswered),
    FIELD(generator_load, connect_failures),
    FIELD(generator_load, p99_ns),
    FIELD(generator_load, p99_samples),
    FIELD(generator_load, send_lag_p99_ns),
    FIELD(generator_load, busiest_thread),
    FIELD(generator_load, starved_thread),
    FIELD(generator_load, stood_still),
    FIELD(generator_load, mean_in_flight),
    FIELD(generator_load, cpu_ns),
    FIELD(generator_load, connections),
    FIELD(generator_load, connections_missing),
    FIELD(generator_load, connections_denied),
    FIELD(generator_load, late_ns),
    FIELD(generator_load, clock_error_ns),
    FIELD_LATER(generator_load, held_at_end),
    FIELD_LATER(generator_load, round_trip_ns),
    FIELD_LATER(generator_load, gather_ns),
    FIELD_END,
};

void generator_record_release(struct generator_record *record)
{
    free(record->host);
    free(record->cores);
    machine_release(&record->machine);
    *record = (struct generator_record){0};
}

void generator_loads_release(struct generator_loads *loads)
{
    for (size_t i = 0; i < loads->count; i++) {
        free(loads->items[i].host);
    }
    free(loads->items);
    *loads = (struct generator_loads){0};
}

json_t *generator_record_json(const struct generator_record *record)
{
    json_t *json = fields_json(record_fields, record);

    json_object_set_new(json, "machine", fields_json(machine_fields, &record->machine));
    return json;
}

json_t *generator_load_json(const struct generator_load *load)
{
    return fields_json(generator_load_fields, load);
}

json_t *generator_loads_json(const struct generator_loads *loads)
{
    json_t *array = json_array();

    for (size_t i = 0; i < loads->count; i++) {
        json_array_append_new(array, generator_load_json(&loads->items[i]));
    }
    return array;
}

int generator_record_read(struct generator_record *record, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "machine", NULL};

    if (fields_read_object(json, record_fields, more, record, err) != 0) {
        return -1;
    }
    return fields_read_member(json, "machine", machine_fields, &record->machine, err);
}

int generator_load_read(struct generator_load *load, const json_t *json, struct error *err)
{
    return fields_read_object(json, generator_load_fields, NULL, load, err);
}

int generator_loads_read(struct generator_loads *loads, const json_t *json, struct error *err)
{
    size_t count = json_array_size(json);

    if (json == NULL) {
        return 0;
    }
    if (!json_is_array(json) || count > GENERATORS_MOST) {
        return error_input(err, "\"generators\" is not an array of at most %d", GENERATORS_MOST);
    }
    loads->items = mem_new(count, sizeof *loads->items);
    loads->count = count;
    for (size_t i = 0; i < count; i++) {
        if (generator_load_read(&loads->items[i], json_array_get(json, i), err) != 0) {
            return error_context(err, "\"generators\"[%zu]", i);
        }
    }
    return 0;
}
