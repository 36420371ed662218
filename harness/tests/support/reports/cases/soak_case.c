#include "soak_case.h"

#include <stdint.h>

#define MIB      1048576.0
#define A_MINUTE 60.0

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"soak\", \"why\": \"a steady load at half of what each backend holds\",\n"
    " \"requests\": [{\"name\": \"read\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"soak\": {\"share\": \"50%\", \"warmup\": \"5s\", \"measure\": \"60s\"},\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\", \"memory\": \"512MiB\"}}";

static void climb(struct findings_builder *builder, const char *name, uint64_t holds)
{
    struct step_spec held = {holds, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 1.1, 0.5, 60};
    struct step_spec broken = {2 * holds, VERDICT_BREAK, 0.998, FAILURE_TIMEOUT, 91, 310, 1.97, 0.99, 96};

    builder_backend(builder, name, "L", "F");
    builder_step(builder, 0, &held);
    builder_step(builder, 0, &broken);
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, CAUSE_CPU);
}

/* In MiB, and MiB a minute. */
static struct leak rise(double start, double end, double low, double high)
{
    return (struct leak){
        .known = true,
        .start_bytes = (uint64_t)(start * MIB),
        .end_bytes = (uint64_t)(end * MIB),
        .bytes_per_s = {.slope = (low + high) / 2 * MIB / A_MINUTE,
                        .known = true,
                        .low = low * MIB / A_MINUTE,
                        .high = high * MIB / A_MINUTE},
        .rises = low > 0,
    };
}

static void soak(struct findings_builder *builder, uint64_t level, enum verdict verdict, const struct leak *memory)
{
    struct step_spec spec = {level, verdict, 1, FAILURE_TIMEOUT, 1.2, 4, 0.7, 0.3, memory->known ? 97 : 0};
    builder_soak(builder, &spec, memory);
}

/* One for each way in which a steady load can end, and in which memory can move. */
void soak_case(struct findings_builder *builder)
{
    struct leak leak = rise(96.1, 97.3, 0.8, 1.6), calm = rise(60, 60.02, -0.104, 0.2), flat = rise(8, 8, 0, 0);
    struct leak fast = rise(200, 520, 290, 350), brief = rise(80, 96, 0, 0), warm = rise(80, 96, 9, 21);
    struct leak stairs = rise(50.01, 50.02, 0, 0);
    struct leak slow = rise(30, 30.01, 0.002, 0.006), warmed_up = rise(30, 30.02, 0.001, 0.1);
    struct leak unread = {0};

    leak.limit_after_s = (512 - 97.3) / 1.2 * A_MINUTE;
    slow.limit_after_s = (512 - 30.01) / 0.004 * A_MINUTE;
    brief.bytes_per_s.known = stairs.bytes_per_s.known = false;
    warm.levels_off = warmed_up.levels_off = true;
    builder_init(builder, scenario);
    climb(builder, "leaks", 64000);
    builder_cold_start(builder, 1.2, 0.3);
    soak(builder, 32000, VERDICT_PASS, &leak);
    climb(builder, "calm", 32000);
    builder_cold_start(builder, 0.5, 0.45); /* it was not cold: programs learn it, people need not */
    soak(builder, 16000, VERDICT_PASS, &calm);
    climb(builder, "flat", 16000);
    soak(builder, 8000, VERDICT_PASS, &flat);
    climb(builder, "breaks", 16000);
    soak(builder, 8000, VERDICT_BREAK, &fast);
    builder_breach(builder, LIMIT_MEMORY, 41000, 520 * MIB);
    builder_cause(builder, CAUSE_MEMORY);
    climb(builder, "brief", 8000);
    soak(builder, 4000, VERDICT_PASS, &brief);
    climb(builder, "stairs", 8000);
    soak(builder, 4000, VERDICT_PASS, &stairs);
    climb(builder, "warm", 4000);
    soak(builder, 2000, VERDICT_PASS, &warm);
    climb(builder, "slow", 2000);
    soak(builder, 1000, VERDICT_PASS, &slow);
    climb(builder, "settles", 2000);
    soak(builder, 1000, VERDICT_PASS, &warmed_up);
    climb(builder, "unseen", 1000);
    soak(builder, 500, VERDICT_INVALID, &unread);
    builder_invalid(builder, INVALID_SEND_LAG);
    climb(builder, "none", 500);
    builder_finish(builder);
}
