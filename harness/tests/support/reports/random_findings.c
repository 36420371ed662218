#include "random_findings.h"

#include "base/mem.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

#define TRIALS_MOST 8
#define FROM        1000
#define LADDER      7

struct dice {
    struct random run, stacks;
};

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"random\", \"why\": \"a test\",\n"
    " \"requests\": [{\"name\": \"r\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 1000, \"steps\": 7}, \"limits\": {\"p99\": \"50ms\"}}";

static void add_step(struct findings_builder *builder, unsigned trial, uint64_t level, enum verdict verdict)
{
    const struct step_spec spec = {level, verdict, 1, FAILURE_TIMEOUT, 1, 5, 1, 0.5, 50};

    builder_step(builder, trial, &spec);
    if (verdict == VERDICT_BREAK) {
        builder_breach(builder, LIMIT_LATENCY, 1000, 90e6);
        builder_cause(builder, CAUSE_CPU);
    } else if (verdict == VERDICT_INVALID) {
        builder_invalid(builder, INVALID_SEND_LAG);
    }
}

/* A trial of a service that holds about `capacity`: the ladder until two steps broke, then a search of three steps. Now
 * and then a step is invalid, or says the opposite. */
static void add_trial(struct findings_builder *builder, struct random *dice, unsigned trial, double capacity)
{
    bool searches = random_below(dice, 3) > 0;
    uint64_t low = 0, high = 0, level = FROM;

    for (int step = 0, broken = 0; step < LADDER && broken < 2; step++, level *= 2) {
        enum verdict verdict = (double)level <= capacity ? VERDICT_PASS : VERDICT_BREAK;
        if (random_below(dice, 25) == 0) {
            verdict = VERDICT_INVALID;
        }
        add_step(builder, trial, level, verdict);
        broken = verdict == VERDICT_BREAK ? broken + 1 : 0;
        if (verdict == VERDICT_PASS && high == 0) {
            low = level;
        } else if (verdict == VERDICT_BREAK && high == 0) {
            high = level;
        }
    }
    for (int step = 0; step < 3 && searches && low > 0 && high > 0; step++) {
        level = (low + high) / 2;
        enum verdict verdict = (double)level <= capacity ? VERDICT_PASS : VERDICT_BREAK;
        add_step(builder, trial, level, verdict);
        builder_searched(builder);
        low = verdict == VERDICT_PASS ? level : low;
        high = verdict == VERDICT_BREAK ? level : high;
    }
}

/* What it is written in, drawn apart from all else that is drawn of a run. Most fast ones are of language A. */
static void add_backend(struct findings_builder *builder, struct random *stacks, const char *name, bool fast)
{
    static const char *const frameworks[] = {"f", "g", "h"};
    const char *language = (random_below(stacks, 5) > 0) == fast ? "A" : "B";
    const char *framework = frameworks[random_below(stacks, 3)];
    bool tuned = random_below(stacks, 6) == 0;
    struct backend_record *record = builder_backend(builder, name, language, framework);

    if (tuned) {
        free(record->class);
        record->class = mem_string("tuned");
    }
}

/* `blocks`: by trial, how fast the machine was to all services. */
static void add_service(struct findings_builder *builder, struct dice *rolled, unsigned number, unsigned trials,
                        const double *blocks)
{
    struct random *dice = &rolled->run;
    char name[] = "s0";
    double capacity = 700 * pow(2, 7 * random_unit(dice)), spread = random_unit(dice);

    name[1] = (char)('0' + number);
    if (random_below(dice, 20) == 0) {
        builder_skip(builder, name, "not installed");
        return;
    }
    add_backend(builder, &rolled->stacks, name, capacity > 700 * pow(2, 3.5));
    for (unsigned trial = 0; trial < trials; trial++) {
        if (random_below(dice, 30) > 0) {
            add_trial(builder, dice, trial, capacity * blocks[trial] * pow(2, spread * (random_unit(dice) - 0.5)));
        }
    }
}

void random_findings_make(struct findings_builder *builder, uint64_t seed)
{
    double blocks[TRIALS_MOST];
    struct dice dice;

    random_init(&dice.run, seed, 0);
    random_init(&dice.stacks, seed, 1);
    builder_init(builder, scenario);
    for (size_t i = 0; i < TRIALS_MOST; i++) {
        blocks[i] = pow(2, 2 * (random_unit(&dice.run) - 0.5));
    }
    unsigned trials = 1 + (unsigned)random_below(&dice.run, TRIALS_MOST),
             services = 2 + (unsigned)random_below(&dice.run, 4);
    builder->log.run.trials = trials;
    for (unsigned i = 0; i < services; i++) {
        add_service(builder, &dice, i, trials, blocks);
    }
    builder_finish(builder);
}
