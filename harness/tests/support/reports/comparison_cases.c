#include "comparison_cases.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char catalog[] =
    "{\"schema\": 1, \"name\": \"catalog\", \"why\": \"read-mostly CRUD, the everyday web backend\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"},\n"
    " \"arrivals\": \"poisson\", \"deadline\": \"1s\", \"seed\": 1,\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\", \"throughput\": \"95%\", \"memory\": \"512MiB\"}}";

/* Two limits break at their moments; the second one's is 0 where there is only one. */
struct breaking {
    enum limit first, second;
    double first_ms, second_ms;
    enum cause cause;
};

static const struct breaking by_cores = {LIMIT_LATENCY, LIMIT_QUEUE, 1250, 2800, CAUSE_CPU};
static const struct breaking by_thread = {LIMIT_LATENCY, LIMIT_ERRORS, 1250, 2800, CAUSE_ONE_THREAD};
static const struct breaking by_memory = {LIMIT_MEMORY, LIMIT_LATENCY, 750, 2800, CAUSE_MEMORY};

/* A trial that holds every level from the first to `holds` and breaks at the next, with `us` of CPU a request. */
static void climb(struct findings_builder *builder, unsigned trial, uint64_t holds, double us,
                  const struct breaking *breaking)
{
    for (uint64_t level = 500; level <= holds; level *= 2) {
        double cores = (double)level * us / 1e6;
        struct step_spec spec = {level,     VERDICT_PASS, 1,         FAILURE_TIMEOUT, 1.5,
                                 6 + cores, cores,        cores / 2, 60 + us / 10};
        builder_step(builder, trial, &spec);
    }
    struct step_spec spec = {
        holds == 0 ? 500 : 2 * holds, VERDICT_BREAK, 0.99, FAILURE_TIMEOUT, 91, 310, 1.9, 0.97, 90};
    builder_step(builder, trial, &spec);
    builder_breach(builder, breaking->first, breaking->first_ms, 310e6);
    if (breaking->second_ms > 0) {
        builder_breach(builder, breaking->second, breaking->second_ms, 0.03);
    }
    builder_cause(builder, breaking->cause);
}

/* `counts` of trials that hold 16,000, 32,000 and so on. */
static void climbs(struct findings_builder *builder, const uint64_t *holds, size_t count, double us,
                   const struct breaking *breaking)
{
    for (size_t i = 0; i < count; i++) {
        climb(builder, (unsigned)i, holds[i], us * (1 + 0.01 * (double)i), breaking);
    }
    builder->log.run.trials = (unsigned)count;
}

static void begin(struct findings_builder *builder)
{
    builder_init(builder, catalog);
}

static void one_trial(struct findings_builder *builder, uint64_t go)
{
    begin(builder);
    builder_backend(builder, "go", "Go", "net/http");
    climbs(builder, &go, 1, 40, &by_cores);
    builder_backend(builder, "python", "Python", "FastAPI");
    climbs(builder, (const uint64_t[]){2000}, 1, 280, &by_cores);
    builder_finish(builder);
}

/* Two versions on one machine, a trial each. */
static void versions(struct findings_builder *builders)
{
    one_trial(&builders[0], 16000);
    one_trial(&builders[1], 8000);
    struct findings *after = &builders[1].findings;
    for (size_t i = 0; i < after->backend_count; i++) {
        if (strcmp(after->backends[i].record->name, "go") == 0) {
            ((struct backend_record *)after->backends[i].record)->environment = mem_string("GOGC=200");
        }
    }
}

static void set_text(char **text, const char *value)
{
    free(*text);
    *text = mem_string(value);
}

static void smaller_machine(struct findings_builder *builder)
{
    static const uint64_t rust[] = {64000, 64000, 64000, 32000}, go[] = {16000, 16000, 16000, 32000};

    begin(builder);
    builder_backend(builder, "rust", "Rust", "axum");
    climbs(builder, rust, 4, 20, &by_cores);
    builder_backend(builder, "go", "Go", "net/http");
    climbs(builder, go, 4, 40, &by_cores);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    climbs(builder, (const uint64_t[]){8000, 8000, 8000, 8000}, 4, 66, &by_thread);
    builder_backend(builder, "python", "Python", "FastAPI");
    climbs(builder, (const uint64_t[]){2000, 2000, 2000, 2000}, 4, 280, &by_memory);
    builder_backend(builder, "zig", "Zig", "zap");
    climbs(builder, (const uint64_t[]){2000, 2000, 2000, 2000}, 4, 30, &by_cores);
    builder_warn(builder, WARNING_MACHINE, "a virtual machine (kvm): neighbours may have taken time from it unseen",
                 NULL);
    builder_finish(builder);
}

static void larger_machine(struct findings_builder *builder)
{
    begin(builder);
    struct machine *machine = &builder->log.run.machine;
    set_text(&machine->cpu, "Example CPU 9999X");
    set_text(&machine->virtualization, "none");
    set_text(&machine->governor, "performance");
    machine->cores = 16;
    machine->memory_bytes = UINT64_C(64) << 30;
    builder->log.run.calibration.throughput_rps = 402000;
    builder_backend(builder, "go", "Go", "net/http");
    climbs(builder, (const uint64_t[]){32000, 32000, 64000, 64000}, 4, 21, &by_cores);
    builder_backend(builder, "node", "JavaScript", "Fastify");
    climbs(builder, (const uint64_t[]){64000, 64000, 64000, 64000}, 4, 31, &by_memory);
    builder_backend(builder, "python", "Python", "FastAPI");
    climbs(builder, (const uint64_t[]){2000, 2000, 2000, 2000}, 4, 281, &by_cores);
    builder_skip(builder, "rust", "cargo 1.75 or later is not installed");
    builder_backend(builder, "ruby", "Ruby", "Rails");
    climbs(builder, (const uint64_t[]){0, 0, 0, 0}, 4, 400, &by_cores);
    builder_finish(builder);
}

/* Four trials on each of two machines: services that are told apart on one only, or are not on both. */
static void machines(struct findings_builder *builders)
{
    smaller_machine(&builders[0]);
    larger_machine(&builders[1]);
}

/* Three runs that do not belong together. */
static void forced(struct findings_builder *builders)
{
    one_trial(&builders[0], 16000);
    one_trial(&builders[1], 16000);
    one_trial(&builders[2], 0);
    builders[1].findings.profile = PROFILE_QUICK;
    builders[2].log.run.calibration.done = false;
    builders[2].log.end.present = false;
    ((struct backend_record *)builders[2].findings.backends[0].record)->workers = 4;
    builders[2].findings.scenario.deadline_ns = UINT64_C(2000000000);
}

const struct comparison_case comparison_cases[] = {
    {"versions", 2, versions},
    {"machines", 2, machines},
    {"forced", 3, forced},
    {NULL, 0, NULL},
};

static void finish(struct compared_case *compared)
{
    static const char *const files[CASE_RUNS_MOST] = {"a.jsonl", "b.jsonl", "c.jsonl"};
    struct compared_run runs[CASE_RUNS_MOST];

    for (size_t i = 0; i < compared->count; i++) {
        runs[i] = (struct compared_run){.file = files[i], .findings = &compared->builders[i].findings};
    }
    comparison_make(&compared->comparison, runs, compared->count);
}

void compared_case_make(struct compared_case *compared, const struct comparison_case *comparison_case)
{
    compared->count = comparison_case->runs;
    comparison_case->build(compared->builders);
    finish(compared);
}

void compared_case_twice(struct compared_case *compared, void (*build)(struct findings_builder *builder))
{
    compared->count = 2;
    build(&compared->builders[0]);
    build(&compared->builders[1]);
    finish(compared);
}

void compared_case_release(struct compared_case *compared)
{
    comparison_release(&compared->comparison);
    for (size_t i = 0; i < compared->count; i++) {
        builder_release(&compared->builders[i]);
    }
}
