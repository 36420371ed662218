#include "record/run_log.h"

#include "base/file.h"
#include "base/mem.h"
#include "record/run_bounds.h"
#include "record/run_fields.h"

#include <stdlib.h>
#include <string.h>

/* Each costs memory whatever its text says; far more than any step has. */
#define WINDOWS_MOST 1000

/* An object by its fields; the members named in `more` are the caller's to read. */
static int read_object(const json_t *json, const struct field *fields, const char *const *more, void *into,
                       struct error *err)
{
    return fields_read(fields, into, json, err) != 0 || fields_done(fields, more, json, err) != 0 ? -1 : 0;
}

/* The member `key` of `json`. */
static int read_part(const json_t *json, const char *key, const struct field *fields, void *into, struct error *err)
{
    const json_t *part = json_object_get(json, key);

    if (!json_is_object(part)) {
        return error_input(err, "\"%s\" is missing or not an object", key);
    }
    return read_object(part, fields, NULL, into, err) != 0 ? error_context(err, "\"%s\"", key) : 0;
}

static int read_run(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "schema", "machine", "calibration", NULL};
    const json_t *schema = json_object_get(json, "schema");
    if (!json_is_integer(schema) || json_integer_value(schema) != RUN_LOG_SCHEMA) {
        char *found = schema == NULL ? mem_string("none") : json_dumps(schema, JSON_ENCODE_ANY);
        error_input(err, "its \"schema\" is %s; this harness reads %d: another version of it wrote this", found,
                    RUN_LOG_SCHEMA);
        free(found);
        return -1;
    }
    if (log->run.harness_version != NULL) {
        return error_input(err, "a second run record");
    }
    return read_object(json, run_fields, more, &log->run, err) != 0 ||
                   read_part(json, "machine", machine_fields, &log->run.machine, err) != 0 ||
                   read_part(json, "calibration", calibration_fields, &log->run.calibration, err) != 0 ||
                   run_bounds_run(&log->run, err) != 0
               ? -1
               : 0;
}

static int read_backend(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "idle", NULL};
    void *backends = log->backends;
    struct backend_record *record = mem_append(&backends, log->backend_count, sizeof *record);

    log->backends = backends;
    log->backend_count++;
    return read_object(json, backend_fields, more, record, err) != 0 ||
                   read_part(json, "idle", memory_fields, &record->idle, err) != 0 || run_bounds_backend(log, err) != 0
               ? -1
               : 0;
}

/* What is said of a histogram beside its counts. */
static int read_said(struct histogram *decoded, int digits, const json_t *part, struct error *err)
{
    static const char *const more[] = {"counts", NULL};
    struct histogram counted = *decoded;

    if (decoded->digits != digits) {
        return error_input(err, "\"counts\" are kept to %d digits, expected %d", decoded->digits, digits);
    }
    if (read_object(part, histogram_fields, more, decoded, err) != 0 ||
        run_bounds_histogram(decoded, &counted, err) != 0) {
        return -1;
    }
    if (counted.total == 0) {
        *decoded = counted;
    }
    return 0;
}

static int read_histogram(struct histogram *histogram, int digits, const json_t *json, const char *key,
                          struct error *err)
{
    const json_t *part = json_object_get(json, key);
    const char *counts = json_string_value(json_object_get(part, "counts"));
    struct histogram decoded = {0};

    if (counts == NULL) {
        return error_input(err, "\"%s\" has no \"counts\"", key);
    }
    if (histogram_decode(&decoded, counts, err) != 0 || read_said(&decoded, digits, part, err) != 0) {
        histogram_release(&decoded);
        return error_context(err, "\"%s\"", key);
    }
    histogram_release(histogram);
    *histogram = decoded;
    return 0;
}

static int read_failures(struct tally *tally, const json_t *failures, struct error *err)
{
    static const struct field none[] = {FIELD_END};
    const char *names[FAILURE_KINDS + 1] = {NULL};

    for (int i = 0; i < FAILURE_KINDS; i++) {
        names[i] = failure_name((enum failure)i);
        const json_t *count = json_object_get(failures, names[i]);
        if (!json_is_integer(count) || json_integer_value(count) < 0) {
            return error_input(err, "\"failures\": \"%s\" is missing or no count", names[i]);
        }
        tally->failures[i] = (uint64_t)json_integer_value(count);
    }
    return fields_done(none, names, failures, err) != 0 ? error_context(err, "\"failures\"") : 0;
}

static int read_tally(struct tally *tally, const json_t *json, struct error *err)
{
    static const char *const more[] = {"failures", NULL};
    const json_t *part = json_object_get(json, "tally");

    if (!json_is_object(part)) {
        return error_input(err, "\"tally\" is missing or not an object");
    }
    if (read_object(part, tally_fields, more, tally, err) != 0 ||
        read_failures(tally, json_object_get(part, "failures"), err) != 0) {
        return error_context(err, "\"tally\"");
    }
    return 0;
}

static int read_window(struct window *window, const json_t *json, struct error *err)
{
    static const char *const more[] = {"tally", "response", NULL};
    return read_object(json, window_fields, more, window, err) != 0 || read_tally(&window->tally, json, err) != 0 ||
                   read_histogram(&window->response, 2, json, "response", err) != 0
               ? -1
               : 0;
}

static int read_load(struct load_record *load, const json_t *step, struct error *err)
{
    static const char *const more[] = {"tally", "response", "service", "release_lag", "windows", NULL};
    const json_t *json = json_object_get(step, "load");
    const json_t *windows = json_object_get(json, "windows");
    size_t count = json_array_size(windows);

    if (!json_is_object(json)) {
        return error_input(err, "\"load\" is missing or not an object");
    }
    if (count < 1 || count > WINDOWS_MOST) {
        return error_input(err, "\"load\": \"windows\" is missing or not an array of 1 to %d", WINDOWS_MOST);
    }
    load_record_init(load, count);
    if (read_object(json, load_fields, more, load, err) != 0 || read_tally(&load->tally, json, err) != 0 ||
        read_histogram(&load->response, 3, json, "response", err) != 0 ||
        read_histogram(&load->service, 3, json, "service", err) != 0 ||
        read_histogram(&load->release_lag, 3, json, "release_lag", err) != 0) {
        return error_context(err, "\"load\"");
    }
    for (size_t i = 0; i < load->window_count; i++) {
        if (read_window(&load->windows[i], json_array_get(windows, i), err) != 0) {
            return error_context(err, "\"load\": \"windows\"[%zu]", i);
        }
    }
    return 0;
}

/* What a step and a recovery have in common; `more` are all the keys that are not in the table of fields. */
static int read_body(struct step_record *record, const json_t *json, const char *const *more, struct error *err)
{
    void *samples = NULL;

    if (read_object(json, step_fields, more, record, err) != 0 || read_load(&record->load, json, err) != 0 ||
        read_part(json, "memory", memory_fields, &record->memory, err) != 0 ||
        read_part(json, "death", death_fields, &record->death, err) != 0) {
        return -1;
    }
    if (fields_read_columns(sample_fields, &samples, &record->sample_count, sizeof *record->samples,
                            json_object_get(json, "samples"), err) != 0) {
        return error_context(err, "\"samples\"");
    }
    record->samples = samples;
    return 0;
}

static int read_phase(enum step_phase *phase, const json_t *json, struct error *err)
{
    const char *name = json_string_value(json_object_get(json, "phase"));

    for (int i = PHASE_LADDER; i <= PHASE_SEARCH; i++) {
        if (name != NULL && strcmp(name, step_phase_name((enum step_phase)i)) == 0) {
            *phase = (enum step_phase)i;
            return 0;
        }
    }
    return error_input(err, "\"phase\" is missing or neither \"ladder\" nor \"search\"");
}

static int read_step(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "phase", "load", "samples", "memory", "death", NULL};
    void *steps = log->steps;
    struct step_record *record = mem_append(&steps, log->step_count, sizeof *record);

    log->steps = steps;
    log->step_count++;
    return read_phase(&record->phase, json, err) != 0 || read_body(record, json, more, err) != 0
               ? -1
               : run_bounds_step(log, record, err);
}

static int read_recovery(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "load", "samples", "memory", "death", NULL};
    void *recoveries = log->recoveries;
    struct step_record *record = mem_append(&recoveries, log->recovery_count, sizeof *record);

    log->recoveries = recoveries;
    log->recovery_count++;
    return read_body(record, json, more, err) != 0 ? -1 : run_bounds_step(log, record, err);
}

static int read_forecast(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "expected", NULL};
    void *forecasts = log->forecasts;
    struct forecast_record *record = mem_append(&forecasts, log->forecast_count, sizeof *record);

    log->forecasts = forecasts;
    log->forecast_count++;
    return read_object(json, forecast_fields, more, record, err) != 0 ||
                   read_part(json, "expected", expected_fields, &record->expected, err) != 0
               ? -1
               : run_bounds_forecast(log, record, err);
}

static int read_trial(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    void *trials = log->trials;
    struct trial_record *record = mem_append(&trials, log->trial_count, sizeof *record);

    log->trials = trials;
    log->trial_count++;
    return read_object(json, trial_fields, more, record, err) != 0 ? -1 : run_bounds_trial(log, err);
}

static int read_resume(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    void *resumes = log->resumes;
    struct resume_record *record = mem_append(&resumes, log->resume_count, sizeof *record);

    log->resumes = resumes;
    log->resume_count++;
    if (read_object(json, resume_fields, more, record, err) != 0) {
        return -1;
    }
    if (record->backend != NULL) {
        run_log_drop_trial(log, record->backend, record->trial);
    }
    free(log->end.ended);
    log->end = (struct end_record){0};
    return 0;
}

static int read_end(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    log->end.present = true;
    return read_object(json, end_fields, more, &log->end, err);
}

static int read_line(struct run_log *log, const char *line, size_t length, struct error *err)
{
    static const struct {
        const char *kind;
        int (*read)(struct run_log *, const json_t *, struct error *);
    } kinds[] = {{"run", read_run},           {"backend", read_backend},
                 {"forecast", read_forecast}, {"step", read_step},
                 {"recovery", read_recovery}, {"trial", read_trial},
                 {"resume", read_resume},     {"end", read_end}};
    json_error_t why;
    json_t *json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &why);
    const char *kind = json_string_value(json_object_get(json, "record"));
    int result = -1;

    if (json == NULL) {
        return error_input(err, "not JSON: %s", why.text);
    }
    if (kind == NULL) {
        error_input(err, "no \"record\" says what it is");
    } else if (log->run.harness_version == NULL && strcmp(kind, "run") != 0) {
        error_input(err, "a run log begins with a run record, this one with \"%s\"", kind);
    } else {
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            if (strcmp(kind, kinds[i].kind) == 0) {
                result = kinds[i].read(log, json, err);
                goto done;
            }
        }
        error_input(err, "unknown record \"%s\"", kind);
    }
done:
    json_decref(json);
    return result;
}

int run_log_read(struct run_log *log, const char *file, struct error *err)
{
    struct text text = {0};
    struct run_log read = {0};
    size_t line = 1;
    int result = -1;

    if (file_read(file, &text, err) != 0) {
        goto done;
    }
    for (char *at = text.data, *end = text.data + text.length; at < end; line++) {
        char *newline = memchr(at, '\n', (size_t)(end - at));
        if (newline == NULL) {
            read.warning = mem_format("%s:%zu: the last record is cut short and was left out", file, line);
            break;
        }
        if (read_line(&read, at, (size_t)(newline - at), err) != 0) {
            error_context(err, "%s:%zu", file, line);
            goto done;
        }
        at = newline + 1;
    }
    if (read.run.harness_version == NULL) {
        error_input(err, "%s: no run record: not a run log", file);
        goto done;
    }
    *log = read;
    read = (struct run_log){0};
    result = 0;
done:
    run_log_release(&read);
    text_release(&text);
    return result;
}
