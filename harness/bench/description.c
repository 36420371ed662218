#include "bench/description.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/machine/facts.h"

#include <inttypes.h>
#include <stdbool.h>

void description_read_machine(struct machine *ret_machine)
{
    struct facts facts;

    facts_read(&facts, "");
    *ret_machine = facts.machine;
    facts.machine = (struct machine){0};
    facts_release(&facts);
}

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a of 64 bits: identifies a scenario's text, and protects against nothing. */
static uint64_t hash(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static char *hash_of(const char *text)
{
    return mem_format("%016" PRIx64, hash(HASH_START, text));
}

char *description_hash(const struct scenario *scenario)
{
    const struct traffic *traffic = &scenario->traffic;
    uint64_t sum = hash(HASH_START, scenario->text);

    for (size_t i = 0; i < traffic->value_count; i++) {
        for (size_t k = 0; k < traffic->values[i].line_count; k++) {
            sum = hash(sum, traffic->values[i].lines[k]);
        }
    }
    for (size_t i = 0; i < traffic->table_count; i++) {
        const struct csv_table *table = &traffic->tables[i];
        for (size_t k = 0; k < table->row_count * table->column_count; k++) {
            sum = hash(sum, table->cells[k]);
        }
    }
    return mem_format("%016" PRIx64, sum);
}

/* "go,node,python,rust" */
static char *names_of(const struct manifest *backends, size_t count)
{
    struct text names = {0};

    for (size_t i = 0; i < count; i++) {
        text_format(&names, "%s%s", i > 0 ? "," : "", backends[i].name);
    }
    return text_take(&names);
}

/* "web=http://127.0.0.1:8080/ http://127.0.0.1:8081/" and what is spoken to them, which is the same for all. */
static void describe_targets(struct run_record *record, const struct bench_options *options)
{
    struct text targets = {0};

    for (size_t i = 0; i < options->backend_count; i++) {
        const struct manifest *manifest = &options->backends[i];
        if (manifest->attached != NULL && targets.length == 0) {
            record->http2 = manifest->attached->http2;
            record->insecure = manifest->attached->insecure;
            record->ca_file = mem_string(manifest->attached->ca_file);
        }
        if (manifest->attached != NULL) {
            bool named = manifest->attached->named;
            text_format(&targets, "%s%s%s%s", targets.length > 0 ? " " : "", named ? manifest->name : "",
                        named ? "=" : "", manifest->attached->url);
        }
    }
    record->targets = targets.data;
}

/* "shop=../shop" of each whose folder was named by its path; NULL where none was. */
static char **folders_of(const struct bench_options *options)
{
    char **folders = NULL;
    size_t count = 0;

    for (size_t i = 0; i < options->backend_count; i++) {
        const struct manifest *manifest = &options->backends[i];
        if (manifest->own) {
            *list_add(folders, count) = mem_format("%s=%s", manifest->name, manifest->folder);
        }
    }
    if (count > 0) {
        *list_add(folders, count) = NULL;
    }
    return folders;
}

void description_fill(struct run_record *record, const struct run *run, const struct bench_options *options)
{
    char now[32];

    clock_wall(now, sizeof now);
    record->harness_version = mem_string(TWOFOLD_VERSION);
    record->built = mem_string(options->built);
    record->started = mem_string(now);
    record->scenario_name = mem_string(run->scenario->name);
    record->scenario_text = mem_string(run->scenario->text);
    record->scenario_hash = hash_of(run->scenario->text);
    record->seed = run->scenario->seed;
    record->trials = (unsigned)run->plan->trial_count;
    record->profile = mem_string(profile_name(run->plan->profile));
    record->backends = names_of(options->backends, options->backend_count);
    record->overridden = mem_string(run->scenario->overridden);
    describe_targets(record, options);
    record->folders = folders_of(options);
    record->generator_cores = mem_string(run->cores->generator);
    record->service_cores = mem_string(run->cores->service);
    record->cores_shared = run->cores->split.shared;
    record->machine.other_run = run->cores->other_run;
    record->box = options->boxes.count > 0 ? box_list_text(&options->boxes) : NULL;
}
