#include "report/data/html_after.h"

#include "analysis/after/leak.h"
#include "report/data/figure.h"
#include "report/data/html_record.h"
#include "report/data/step_figures.h"
#include "report/words/leak_phrase.h"

#include <stddef.h>
#include <string.h>

json_t *html_after_recoveries(const struct findings *findings, const char *backend)
{
    const struct run_log *log = findings->log;
    json_t *array = json_array();

    for (size_t i = 0; i < log->recovery_count; i++) {
        const struct step_record *record = &log->recoveries[i];
        if (strcmp(record->backend, backend) == 0) {
            json_t *object = html_record_recovery(record);
            json_object_set_new(object, "trial", figure_count((uint64_t)record->trial + 1));
            json_array_append_new(array, object);
        }
    }
    return array;
}

static json_t *memory_of(const struct step_record *record)
{
    struct leak leak;
    struct text words = {0}, estimate = {0}, interval = {0};

    leak_find(record, 0, &leak);
    leak_phrase(&words, &leak, 0);
    leak_phrase_estimate(&estimate, &leak);
    leak_phrase_interval(&interval, &leak);
    return figures_object((struct figure[]){
        {"start_bytes", figure_known(leak.start_bytes)},
        {"end_bytes", figure_known(leak.end_bytes)},
        {"bytes_per_s", figure_number(leak.bytes_per_s.slope)},
        {"rises", json_boolean(leak.rises)},
        {"levels_off", json_boolean(leak.levels_off)},
        {"seen", json_boolean(leak_phrase_rises(&leak))},
        {"words", figure_words(&words)},
        {"estimate", figure_words(&estimate)},
        {"interval", figure_words(&interval)},
        {NULL, NULL},
    });
}

static json_t *soak_of(const struct step_record *record, const struct traffic *traffic)
{
    const struct tally *tally = &record->load.tally;

    return figures_object((struct figure[]){
        {"trial", figure_count((uint64_t)record->trial + 1)},
        {"level", figure_count(record->level)},
        {"offered", figure_count(tally->offered)},
        {"sent", figure_count(tally->sent)},
        {"completed", figure_count(tally->completed)},
        {"good", figure_count(tally->good)},
        {"failures", figure_failures(tally)},
        {"death", step_figures_death(&record->death)},
        {"record", html_record_step(record, traffic)},
        {"memory", memory_of(record)},
        {NULL, NULL},
    });
}

json_t *html_after_soaks(const struct findings *findings, const char *backend)
{
    const struct run_log *log = findings->log;
    json_t *array = json_array();

    for (size_t i = 0; i < log->soak_count; i++) {
        if (strcmp(log->soaks[i].backend, backend) == 0) {
            json_array_append_new(array, soak_of(&log->soaks[i], &findings->scenario.traffic));
        }
    }
    return array;
}
