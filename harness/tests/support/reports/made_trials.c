#include "made_trials.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/pairs.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* The ladder begins at LOWEST; all hold COMMON. */
enum { RUNGS = 3, STEPS = RUNGS + 2, LOWEST = 125, COMMON = LOWEST << (RUNGS - 1), USUAL = 5000 };

double made_normal(struct random *dice)
{
    double radius = sqrt(-2 * log(random_unit(dice)));
    return radius * cos(6.283185307179586 * random_unit(dice));
}

static double lognormal(struct random *dice, double spread)
{
    return exp(spread * made_normal(dice));
}

/* The levels that a ladder from COMMON and its search would come to. */
static uint64_t level_of(double number, unsigned subdivide)
{
    return (uint64_t)llround(COMMON * pow(2, number / subdivide));
}

static void make_step(struct backend_finding *backend, struct step_record *record, uint64_t level, enum verdict verdict)
{
    struct step_finding *step = &backend->steps[backend->step_count++];
    bool breaks = verdict == VERDICT_BREAK;

    *record = (struct step_record){.level = level, .rate = level, .trial = backend->trials};
    *step = (struct step_finding){.record = record, .verdict = {.verdict = verdict}};
    step->verdict.limits[LIMIT_LATENCY] =
        (struct limit_judgement){.state = breaks ? LIMIT_BREAKS : LIMIT_HOLDS, .over = breaks, .beyond_doubt = breaks};
}

static void make_trial(struct backend_finding *backend, struct step_record *records, const struct made_truth *truth,
                       const struct made_noise *noise, double machine, struct random *dice)
{
    bool bad = random_unit(dice) < noise->bad;
    double capacity = USUAL * truth->capacity * machine * lognormal(dice, noise->capacity) * (bad ? 0.5 : 1);
    double number = floor(noise->subdivide * log2(fmax(capacity, COMMON) / COMMON));

    for (int i = 0; i < RUNGS; i++) {
        struct step_finding *rung = &backend->steps[backend->step_count];
        make_step(backend, &records[i], (uint64_t)LOWEST << i, VERDICT_PASS);
        rung->cpu_ns_per_request =
            (uint64_t)(150e3 * truth->cpu / machine * lognormal(dice, noise->cpu) * (bad ? 1.2 : 1));
        rung->p99_ns = (uint64_t)(2e6 * truth->p99 / machine * lognormal(dice, noise->p99) * (bad ? 3 : 1));
    }
    make_step(backend, &records[RUNGS], level_of(number, noise->subdivide), VERDICT_PASS);
    make_step(backend, &records[RUNGS + 1], level_of(number + 1, noise->subdivide), VERDICT_BREAK);
    records[RUNGS].phase = records[RUNGS + 1].phase = PHASE_SEARCH;
}

void made_run_make(struct made_run *run, const struct made_truth *truths, size_t services, unsigned trials,
                   const struct made_noise *noise, struct random *dice)
{
    struct findings *findings = &run->findings;
    double machine[MADE_TRIALS_MOST];

    static char *const names[MADE_SERVICES_MOST] = {"s0", "s1", "s2", "s3", "s4"};

    *run = (struct made_run){.findings = {.backend_count = services, .common_level = COMMON, .log = &run->log},
                             .log = {.run = {.scenario_hash = "0"}}};
    findings->scenario.name = "made";
    findings->backends = mem_new(services, sizeof *findings->backends);
    for (unsigned trial = 0; trial < trials; trial++) {
        machine[trial] = lognormal(dice, noise->block);
    }
    for (size_t i = 0; i < services; i++) {
        struct backend_finding *backend = &findings->backends[i];
        struct step_record *records = mem_new((size_t)trials * STEPS, sizeof *records);
        run->records[i].name = names[i];
        backend->record = &run->records[i];
        backend->steps = mem_new((size_t)trials * STEPS, sizeof *backend->steps);
        for (unsigned trial = 0; trial < trials; trial++) {
            backend->trials = trial;
            make_trial(backend, records + (size_t)trial * STEPS, &truths[i], noise, machine[trial], dice);
        }
        backend->trials = 0;
        capacity_find(backend);
    }
    pairs_find(findings);
}

void made_run_release(struct made_run *run)
{
    struct findings *findings = &run->findings;

    for (size_t i = 0; i < findings->backend_count; i++) {
        free((void *)findings->backends[i].steps[0].record);
        free(findings->backends[i].steps);
        free(findings->backends[i].below);
        capacity_release(&findings->backends[i]);
    }
    free(findings->backends);
    free(findings->pairs);
}
