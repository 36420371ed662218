#include "slow_case.h"

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"tunnel\", \"why\": \"phones in a tunnel\",\n"
    " \"requests\": [{\"name\": \"read\", \"path\": \"/items/1\"},\n"
    "  {\"name\": \"write\", \"method\": \"POST\", \"path\": \"/items\", \"json\": {\"name\": \"kodi\"}}],\n"
    " \"double\": {\"what\": \"slow_connections\", \"from\": 16, \"steps\": 6, \"rate\": 500,\n"
    "  \"slow\": {\"part\": \"body\", \"bytes_per_s\": 2}},\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\"}}";

static void slow(struct findings_builder *builder, const struct slow_tally *tally)
{
    struct step_record *record = (struct step_record *)builder->step->record;
    record->load.slow = *tally;
}

/* One that closes them in time and holds, one that keeps them until they have all its threads, one that refuses them.
 */
void slow_case(struct findings_builder *builder)
{
    struct step_spec top = {512, VERDICT_PASS, 1, FAILURE_TIMEOUT, 2, 9, 0.2, 0.1, 40};
    struct step_spec held = {64, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 0.3, 0.1, 60};
    struct step_spec stuck = {128, VERDICT_BREAK, 0.1, FAILURE_TIMEOUT, 91, 310, 0.1, 0.05, 96};

    builder_init(builder, scenario);
    builder_backend(builder, "patient", "C", "libuv");
    builder_step(builder, 0, &top);
    slow(builder, &(struct slow_tally){.wanted = 512,
                                       .open = 511,
                                       .opened = 1023,
                                       .closed = 1,
                                       .timed_out = 511,
                                       .life_least_ns = UINT64_C(10000000000),
                                       .life_most_ns = UINT64_C(10420000000)});
    builder_backend(builder, "threads", "Python", "Flask");
    builder_step(builder, 0, &held);
    slow(builder, &(struct slow_tally){.wanted = 64, .open = 64, .opened = 64});
    builder_step(builder, 0, &stuck);
    slow(builder, &(struct slow_tally){.wanted = 128,
                                       .open = 100,
                                       .opened = 106,
                                       .rejected = 4,
                                       .answered = 2,
                                       .refused = 28,
                                       .life_least_ns = UINT64_C(2000000000),
                                       .life_most_ns = UINT64_C(2000000000)});
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, CAUSE_UNKNOWN);
    builder_finish(builder);
}
