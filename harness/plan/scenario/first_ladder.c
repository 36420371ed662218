#include "plan/scenario/first_ladder.h"

/* The first load, and 14 doublings. */
enum { FROM = 50, STEPS = 15 };

void first_ladder_add(json_t *scenario)
{
    json_object_set_new(scenario, "double", json_pack("{s:s, s:i, s:i}", "what", "rate", "from", FROM, "steps", STEPS));
    json_object_set_new(scenario, "limits",
                        json_pack("{s:s, s:s, s:s}", "p99", "500ms", "errors", "1%", "throughput", "95%"));
}
