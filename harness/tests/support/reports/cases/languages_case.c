#include "languages_case.h"

#include "base/mem.h"
#include "report_cases.h"

#include <stdlib.h>

/* A service that held one load and broke at another, for want of CPU. */
static struct backend_record *add(struct findings_builder *builder, const char *name, const char *language,
                                  const char *framework, uint64_t holds)
{
    const struct step_spec pass = {holds, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 1.2, 0.7, 60};
    const struct step_spec fail = {2 * holds, VERDICT_BREAK, 1, FAILURE_TIMEOUT, 30, 120, 1.9, 0.97, 80};
    struct backend_record *record = builder_backend(builder, name, language, framework);

    builder_step(builder, 0, &pass);
    builder_step(builder, 0, &fail);
    builder_breach(builder, LIMIT_LATENCY, 1000, 120e6);
    builder_cause(builder, CAUSE_CPU);
    return record;
}

void languages_case(struct findings_builder *builder)
{
    builder_init(builder, report_cases_catalog);
    struct backend_record *raw = add(builder, "go-raw", "Go", "epoll", 128000);
    free(raw->class);
    raw->class = mem_string("tuned");
    add(builder, "rust", "Rust", "axum", 64000);
    add(builder, "go", "Go", "net/http", 32000);
    add(builder, "fastify", "JavaScript", "Fastify", 16000);
    add(builder, "go-chi", "Go", "chi", 16000);
    add(builder, "express", "JavaScript", "Express", 8000);
    add(builder, "fastapi", "Python", "FastAPI", 2000);
    add(builder, "flask", "Python", "Flask", 1000);
    builder_finish(builder);
}
