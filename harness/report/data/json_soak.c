#include "report/data/json_soak.h"

#include "report/data/json_step.h"
#include "report/data/json_value.h"

#include <stdbool.h>

static void add_memory(json_t *object, const struct leak *memory)
{
    const struct trend *trend = &memory->a_second;
    bool sure = memory->known && trend->known;

    json_object_set_new(object, "memory_start_bytes", json_value_known(memory->start_bytes, 0));
    json_object_set_new(object, "memory_end_bytes", json_value_known(memory->end_bytes, 0));
    json_object_set_new(object, "memory_bytes_per_s", memory->known ? json_value_number(trend->slope) : json_null());
    json_object_set_new(object, "memory_bytes_per_s_low", sure ? json_value_number(trend->low) : json_null());
    json_object_set_new(object, "memory_bytes_per_s_high", sure ? json_value_number(trend->high) : json_null());
    json_object_set_new(object, "memory_rises", sure ? json_boolean(memory->rises) : json_null());
    json_object_set_new(object, "memory_levels_off", sure ? json_boolean(memory->levels_off) : json_null());
    json_object_set_new(object, "memory_limit_after_s",
                        memory->limit_after_s > 0 ? json_value_number(memory->limit_after_s) : json_null());
}

json_t *json_soak(const struct findings *findings, const struct backend_finding *backend)
{
    if (backend->soak.step == NULL) {
        return json_null();
    }
    json_t *object = json_step(findings, backend->soak.step);
    json_object_del(object, "step"); /* it is none of the ladder's or the search's */
    json_object_del(object, "phase");
    json_object_set_new(object, "measured_ns", json_value_count(backend->soak.step->record->load.measured_ns));
    add_memory(object, &backend->soak.memory);
    return object;
}
