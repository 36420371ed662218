#include "report/text/facts/service_facts.h"

#include "base/text.h"
#include "report/words/figures.h"

#include <stddef.h>

static void fact(struct table *facts, const char *word, struct text *what)
{
    if (what->length > 0) {
        table_cell(facts, "%s", word);
        table_take(facts, what);
    }
}

/* "go go1.26.6 (pinned); python Python 3.11.2" */
static void say_versions(struct table *facts, const struct findings *findings)
{
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (record->versions != NULL && record->versions[0] != '\0') {
            text_format(&out, "%s%s: %s", out.length > 0 ? "; " : "", record->name, record->versions);
        }
    }
    fact(facts, "versions", &out);
}

/* What was set for the services beyond what every service is given. */
static void say_settings(struct table *facts, const struct findings *findings)
{
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (record->environment != NULL) {
            text_format(&out, "%s%s: %s", out.length > 0 ? "; " : "", record->name, record->environment);
        }
    }
    fact(facts, "settings", &out);
}

static void say_memory(struct table *facts, const struct findings *findings)
{
    struct text out = {0};
    uint64_t last = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (record->memory_given_bytes > 0 && record->memory_given_bytes != last) {
            text_add(&out, out.length > 0 ? ", " : "each service was told that it may use ");
            figures_size(&out, record->memory_given_bytes);
            last = record->memory_given_bytes;
        }
    }
    fact(facts, "memory", &out);
}

/* Of the step with the most connections, the last one of these. */
static const struct step_record *fullest(const struct backend_finding *backend)
{
    const struct step_record *found = NULL;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_record *step = backend->steps[i].record;
        if (step->worker_connections != NULL && (found == NULL || step->load.connections >= found->load.connections)) {
            found = step;
        }
    }
    return found;
}

static void say_workers(struct table *facts, const struct findings *findings)
{
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct step_record *step = fullest(&findings->backends[i]);
        if (step != NULL) {
            text_add(&out, out.length > 0 ? "; " : "connections by process, in the step with the most of them: ");
            text_format(&out, "%s %s", findings->backends[i].record->name, step->worker_connections);
        }
    }
    if (out.length > 0) {
        text_add(&out, ". A sample service of several processes keeps a catalog in each");
    }
    fact(facts, "processes", &out);
}

void service_facts_add(struct table *facts, const struct findings *findings)
{
    say_versions(facts, findings);
    say_settings(facts, findings);
    say_memory(facts, findings);
    say_workers(facts, findings);
}
