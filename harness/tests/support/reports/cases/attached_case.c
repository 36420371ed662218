#include "attached_case.h"

#include "base/mem.h"

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"get\", \"why\": \"a GET of /items/1\",\n"
    " \"requests\": [{\"name\": \"get\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 50, \"steps\": 9}, \"limits\": {\"p99\": \"20ms\"}}";

static struct backend_record *attached(struct findings_builder *builder, const char *name, const char *url,
                                       const char *protocol)
{
    struct backend_record *record = builder_backend(builder, name, NULL, NULL);

    record->attached = mem_string(url);
    record->protocol = mem_string(protocol);
    record->cold_start_ns = record->first_request_ns = record->build_ns = record->source_lines = 0;
    record->artifact_bytes = record->workers = 0;
    return record;
}

static void climb(struct findings_builder *builder, uint64_t holds, enum cause cause)
{
    struct step_spec held = {holds, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 1.1, 0.5, 60};
    struct step_spec broken = {2 * holds, VERDICT_BREAK, 0.998, FAILURE_TIMEOUT, 91, 310, 1.97, 0.99, 96};

    builder_step(builder, 0, &held);
    builder_step(builder, 0, &broken);
    builder_breach(builder, LIMIT_LATENCY, 1250, 310e6);
    builder_cause(builder, cause);
}

void attached_case(struct findings_builder *builder)
{
    builder_init(builder, scenario);
    builder->log.run.overridden = mem_string("double.from=50 limits.p99=20ms");
    struct backend_record *here = attached(builder, "web", "https://localhost:8443/items/1", "HTTP/2 over TLS");
    here->watched = mem_string("process 4711 (nginx) and its 2 children");
    here->cores = mem_string("0-3");
    climb(builder, 800, CAUSE_CPU);
    struct backend_record *there = attached(builder, "10.0.0.5:8080", "http://10.0.0.5:8080/items/1", "plain HTTP/1.1");
    there->not_watched = mem_string("it is on another machine (10.0.0.5); give --watch 10.0.0.5:8080=metrics:URL");
    climb(builder, 400, CAUSE_NOT_WATCHED);
    builder_finish(builder);
}
