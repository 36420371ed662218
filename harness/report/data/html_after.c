#include "report/data/html_after.h"

#include "analysis/after/leak.h"
#include "record/run_fields.h"
#include "report/data/html_record.h"
#include "report/data/json_step.h"
#include "report/data/json_value.h"
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
            json_object_set_new(object, "trial", json_value_count((uint64_t)record->trial + 1));
            json_array_append_new(array, object);
        }
    }
    return array;
}

static json_t *taken(struct text *words)
{
    json_t *value = json_value_text(words->data);
    text_release(words);
    return value;
}

static json_t *memory_of(const struct step_record *record)
{
    struct leak rise;
    struct text words = {0}, estimate = {0}, interval = {0};
    json_t *object = json_object();

    leak_find(record, 0, &rise);
    leak_phrase(&words, &rise, 0);
    leak_phrase_estimate(&estimate, &rise);
    leak_phrase_interval(&interval, &rise);
    json_object_set_new(object, "start_bytes", json_value_known(rise.start_bytes, 0));
    json_object_set_new(object, "end_bytes", json_value_known(rise.end_bytes, 0));
    json_object_set_new(object, "bytes_per_s", json_value_number(rise.a_second.slope));
    json_object_set_new(object, "rises", json_boolean(rise.rises));
    json_object_set_new(object, "levels_off", json_boolean(rise.levels_off));
    json_object_set_new(object, "seen", json_boolean(leak_phrase_rises(&rise)));
    json_object_set_new(object, "words", taken(&words));
    json_object_set_new(object, "estimate", taken(&estimate));
    json_object_set_new(object, "interval", taken(&interval));
    return object;
}

static json_t *soak_of(const struct step_record *record, const struct traffic *traffic)
{
    const struct tally *tally = &record->load.tally;
    json_t *object = json_object(), *failures = json_object();

    for (int kind = 0; kind < FAILURE_COUNT; kind++) {
        json_object_set_new(failures, failure_name((enum failure)kind), json_value_count(tally->failures[kind]));
    }
    json_object_set_new(object, "trial", json_value_count((uint64_t)record->trial + 1));
    json_object_set_new(object, "level", json_value_count(record->level));
    fields_write(tally_fields, tally, object);
    json_object_set_new(object, "failures", failures);
    json_object_set_new(object, "death", json_step_death(&record->death));
    json_object_set_new(object, "record", html_record_step(record, traffic));
    json_object_set_new(object, "memory", memory_of(record));
    return object;
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
