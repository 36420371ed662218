#include "report/data/fault_figures.h"

#include "analysis/fault_cost.h"
#include "report/data/figure.h"

#include <stdlib.h>

json_t *fault_figures(const struct findings *findings, const struct backend_finding *backend)
{
    json_t *array = json_array();
    struct fault_cost *costs;
    size_t count = fault_costs_find(findings, backend, &costs);

    for (size_t i = 0; i < count; i++) {
        const struct fault_cost *cost = &costs[i];
        json_array_append_new(array, figures_object((struct figure[]){
                                         {"level", figure_count(cost->level)},
                                         {"faults", figure_count(cost->faults)},
                                         {"others_offered", figure_count(cost->others_offered)},
                                         {"others_lost", figure_count(cost->others_lost)},
                                         {"others_lost_per_fault", figure_number(fault_cost_lost(cost))},
                                         {"below_full_ns_per_fault", figure_number(fault_cost_below_ns(cost))},
                                         {"silent_ns", figure_count(cost->silence_ns)},
                                         {"interval_ns", figure_count(cost->interval_ns)},
                                         {NULL, NULL},
                                     }));
    }
    free(costs);
    return array;
}
