#include "report/data/json_standing.h"

#include "analysis/capacity/efficiency.h"
#include "analysis/capacity/pairs.h"
#include "report/data/json_value.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>

json_t *json_standing_scores(const struct backend_finding *backend)
{
    const struct efficiency *efficiency = &backend->efficiency;
    json_t *object = json_object(), *capacities = json_object();

    for (size_t i = 0; i < EFFICIENCY_LIMITS; i++) {
        char key[32];
        snprintf(key, sizeof key, "%" PRIu64 "ms", efficiency_limits_ns[i] / 1000000);
        json_object_set_new(capacities, key, json_value_number(efficiency->capacities[i]));
    }
    json_object_set_new(object, "critical_capacity_level", json_value_number(efficiency->critical_capacity));
    json_object_set_new(object, "capacity_levels_by_p99", capacities);
    json_object_set_new(object, "doublings", json_value_number(efficiency->doublings));
    json_object_set_new(object, "cpu_ns_per_request", json_value_number(efficiency->cpu_ns_per_request));
    json_object_set_new(object, "good_rps_per_core", json_value_number(efficiency->good_rps_per_core));
    json_object_set_new(object, "good_rps_per_100mb", json_value_number(efficiency->good_rps_per_100mb));
    json_object_set_new(object, "memory_bytes_per_connection", json_value_number(efficiency->bytes_per_connection));
    return object;
}

static json_t *rivals_of(const struct pairs *pairs)
{
    const struct signed_rank *signed_rank = &pairs->signed_rank;
    bool interval = signed_rank->confidence > 0, enough = signed_rank->confidence >= SIGNED_RANK_CONFIDENCE;
    json_t *object = json_object();

    json_object_set_new(object, "first", json_value_text(pairs->first->record->name));
    json_object_set_new(object, "second", json_value_text(pairs->second->record->name));
    json_object_set_new(object, "figure", json_value_text(pair_figure_name(pairs->figure)));
    json_object_set_new(object, "ratio", json_value_number(exp(signed_rank->estimate)));
    json_object_set_new(object, "low", interval ? json_value_number(exp(signed_rank->low)) : json_null());
    json_object_set_new(object, "high", interval ? json_value_number(exp(signed_rank->high)) : json_null());
    json_object_set_new(object, "confidence", json_value_number(signed_rank->confidence));
    json_object_set_new(object, "trials", json_value_count(signed_rank->blocks));
    json_object_set_new(object, "difference",
                        json_value_text(!enough                            ? "too few trials"
                                        : signed_rank_differs(signed_rank) ? "seen"
                                                                           : "not seen"));
    return object;
}

json_t *json_standing_rivals(const struct findings *findings)
{
    json_t *array = json_array();
    for (size_t i = 0; i < findings->rivals_count; i++) {
        json_array_append_new(array, rivals_of(&findings->pairs[i]));
    }
    return array;
}
