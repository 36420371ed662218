#include "compared_pair.h"

#include "base/mem.h"
#include "log_builder.h"

#include <stdlib.h>
#include <string.h>

void compared_pair_add_go(struct run_log *log, const char *climbs)
{
    char *words = mem_string(climbs), *rest = words;
    unsigned trial = 0;

    log_builder_backend(log, "go");
    for (char *word = strsep(&rest, " "); word != NULL; word = strsep(&rest, " ")) {
        log_builder_climb(log, "go", trial++, word);
    }
    free(words);
}

void compared_pair_begin(struct compared_pair *pair)
{
    log_builder_init(&pair->logs[0]);
    log_builder_init(&pair->logs[1]);
}

void compared_pair_compare(struct compared_pair *pair)
{
    struct compared_run runs[2];

    for (size_t i = 0; i < 2; i++) {
        pair->findings[i] = log_builder_findings(&pair->logs[i]);
        runs[i] = (struct compared_run){.file = i == 0 ? "a.jsonl" : "b.jsonl", .findings = &pair->findings[i]};
    }
    comparison_make(&pair->comparison, runs, 2);
}

void compared_pair_end(struct compared_pair *pair)
{
    comparison_release(&pair->comparison);
    for (size_t i = 0; i < 2; i++) {
        findings_release(&pair->findings[i]);
        run_log_release(&pair->logs[i]);
    }
}
