#include "record/run_log.h"

#include "base/file.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "record/dependency_json.h"
#include "record/load_reader.h"
#include "record/reading/runtime_json.h"
#include "record/reading/sample_json.h"
#include "record/run_bounds.h"
#include "record/run_fields.h"
#include "record/salvage/salvage.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int read_run(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "schema", "folders", "machine", "calibration", NULL};
    const json_t *schema = json_object_get(json, "schema");
    if (!json_is_integer(schema) || json_integer_value(schema) < RUN_LOG_SCHEMA_OLDEST ||
        json_integer_value(schema) > RUN_LOG_SCHEMA) {
        char *found = schema != NULL ? json_dumps(schema, JSON_ENCODE_ANY) : mem_string("none");
        error_input(err, "its \"schema\" is %s; this harness reads %d to %d: another version of it wrote this", found,
                    RUN_LOG_SCHEMA_OLDEST, RUN_LOG_SCHEMA);
        free(found);
        return -1;
    }
    if (log->run.harness_version != NULL) {
        return error_input(err, "a second run record");
    }
    if (fields_read_object(json, run_fields, more, &log->run, err) != 0 ||
        fields_read_strings(json, "folders", &log->run.folders, err) != 0 ||
        fields_read_member(json, "machine", machine_fields, &log->run.machine, err) != 0 ||
        fields_read_member(json, "calibration", calibration_fields, &log->run.calibration, err) != 0) {
        return -1;
    }
    return run_bounds_run(&log->run, err);
}

static int read_backend(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "idle", NULL};
    struct backend_record *record = list_add(log->backends, log->backend_count);

    if (fields_read_object(json, backend_fields, more, record, err) != 0 ||
        fields_read_member(json, "idle", memory_fields, &record->idle, err) != 0) {
        return -1;
    }
    if (run_bounds_backend(log, err) != 0) {
        return -1;
    }
    run_log_renew_backend(log);
    return 0;
}

/* The common part of a step, a recovery and a soak. `more` has all keys that are not in the table of fields. */
static int read_body(struct step_record *record, const json_t *json, const char *const *more, struct error *err)
{
    if (fields_read_object(json, step_fields, more, record, err) != 0 || load_read(&record->load, json, err) != 0 ||
        fields_read_member(json, "memory", memory_fields, &record->memory, err) != 0 ||
        fields_read_member(json, "death", death_fields, &record->death, err) != 0) {
        return -1;
    }
    if (sample_json_read_columns(json_object_get(json, "samples"), &record->samples, &record->sample_count, err) != 0) {
        return error_context(err, "\"samples\"");
    }
    if (runtime_json_read(json_object_get(json, "runtime"), &record->runtime, &record->runtime_count, err) != 0) {
        return error_context(err, "\"runtime\"");
    }
    if (run_bounds_samples(record->samples, record->sample_count, err) != 0) {
        return -1;
    }
    record->packed = packed_rows_new(record->samples, record->sample_count, sizeof *record->samples);
    free(record->samples);
    record->samples = NULL;
    if (generator_loads_read(&record->generators, json_object_get(json, "generators"), err) != 0) {
        return -1;
    }
    return dependency_loads_read(&record->dependencies, &record->dependency_count,
                                 json_object_get(json, "dependencies"), err);
}

static int read_phase(enum step_phase *phase, const json_t *json, struct error *err)
{
    const char *name = json_string_value(json_object_get(json, "phase"));

    for (int i = PHASE_LADDER; i <= PHASE_WARM; i++) {
        if (name != NULL && strcmp(name, step_phase_name((enum step_phase)i)) == 0) {
            *phase = (enum step_phase)i;
            return 0;
        }
    }
    return error_input(err, "\"phase\" is missing or neither \"ladder\" nor \"search\"");
}

static int read_step(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "phase", "load",         "samples",    "runtime",
                                       "memory", "death", "dependencies", "generators", NULL};
    struct step_record *record = list_add(log->steps, log->step_count);

    if (read_phase(&record->phase, json, err) != 0 || read_body(record, json, more, err) != 0) {
        return -1;
    }
    return run_bounds_step(log, record, err);
}

/* Reads a recovery or a soak, which have no phase, and adds it to `records`. */
static int read_other(struct run_log *log, struct step_record **records, size_t *count, const json_t *json,
                      struct error *err)
{
    static const char *const more[] = {"record", "load",         "samples",    "runtime", "memory",
                                       "death",  "dependencies", "generators", NULL};
    struct step_record *record = list_add(*records, *count);

    if (read_body(record, json, more, err) != 0) {
        return -1;
    }
    return run_bounds_step(log, record, err);
}

static int read_recovery(struct run_log *log, const json_t *json, struct error *err)
{
    return read_other(log, &log->recoveries, &log->recovery_count, json, err);
}

static int read_soak(struct run_log *log, const json_t *json, struct error *err)
{
    return read_other(log, &log->soaks, &log->soak_count, json, err);
}

static int read_forecast(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "expected", NULL};
    struct forecast_record *record = list_add(log->forecasts, log->forecast_count);

    record->expected.dependency_cpu = record->expected.dependency_places = NAN;
    if (fields_read_object(json, forecast_fields, more, record, err) != 0 ||
        fields_read_member(json, "expected", expected_fields, &record->expected, err) != 0) {
        return -1;
    }
    return run_bounds_forecast(log, record, err);
}

static int read_generator(struct run_log *log, const json_t *json, struct error *err)
{
    return generator_record_read(list_add(log->generators, log->generator_count), json, err);
}

static int read_dependency(struct run_log *log, const json_t *json, struct error *err)
{
    struct dependency_record *record = list_add(log->dependencies, log->dependency_count);

    return dependency_record_read(record, json, err);
}

static int read_audit(struct run_log *log, const json_t *json, struct error *err)
{
    struct audit_record *record = list_add(log->audits, log->audit_count);

    if (audit_record_read(record, json, err) != 0) {
        return -1;
    }
    return run_bounds_audit(log, err);
}

static int read_profile(struct run_log *log, const json_t *json, struct error *err)
{
    struct profile_record *record = list_add(log->profiles, log->profile_count);

    return profile_record_read(record, json, err);
}

static int read_calibration(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "measured", NULL};
    struct calibration_record *record = list_add(log->calibrations, log->calibration_count);

    if (fields_read_object(json, calibration_record_fields, more, record, err) != 0) {
        return -1;
    }
    return fields_read_member(json, "measured", calibration_fields, &record->measured, err);
}

static int read_trial(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    struct trial_record *record = list_add(log->trials, log->trial_count);

    if (fields_read_object(json, trial_fields, more, record, err) != 0) {
        return -1;
    }
    return run_bounds_trial(log, err);
}

static int read_resume(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    struct resume_record *record = list_add(log->resumes, log->resume_count);

    if (fields_read_object(json, resume_fields, more, record, err) != 0) {
        return -1;
    }
    if (record->backend != NULL) {
        run_log_drop_trial(log, record->backend, record->trial);
    }
    end_record_release(&log->end);
    return 0;
}

static int read_end(struct run_log *log, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    log->end.present = true;
    return fields_read_object(json, end_fields, more, &log->end, err);
}

static int read_line(struct run_log *log, const char *line, size_t length, struct error *err)
{
    static const struct {
        const char *name;
        int (*read)(struct run_log *, const json_t *, struct error *);
    } records[] = {
        /* clang-format off */
        {"run", read_run}, {"backend", read_backend}, {"forecast", read_forecast}, {"step", read_step},
        {"recovery", read_recovery}, {"trial", read_trial}, {"resume", read_resume}, {"end", read_end},
        {"dependency", read_dependency}, {"audit", read_audit}, {"soak", read_soak}, {"profile", read_profile},
        {"calibration", read_calibration}, {"generator", read_generator},
        /* clang-format on */
    };
    json_error_t why;
    json_t *json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &why);
    const char *name = json_string_value(json_object_get(json, "record"));
    int result = -1;

    if (json == NULL) {
        return error_input(err, "not JSON: %s", why.text);
    }
    if (name == NULL) {
        error_input(err, "%sno \"record\" says what it is", log->run.harness_version == NULL ? "not a run log: " : "");
    } else if (log->run.harness_version == NULL && strcmp(name, "run") != 0) {
        error_input(err, "a run log begins with a run record, this one with \"%s\"", name);
    } else {
        for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
            if (strcmp(name, records[i].name) == 0) {
                result = records[i].read(log, json, err);
                goto done;
            }
        }
        error_input(err, "unknown record \"%s\"", name);
    }
done:
    json_decref(json);
    return result;
}

/* A log that is being read. Bytes after the last line end are what was being written when the run was cut short, unless
 * they are whole: editors and shells drop the last line end. */
struct run_reading {
    struct run_log log;
    const char *name;
    size_t line;
    struct salvage *salvage; /* NULL: a damaged line is an error */
    bool outline;            /* steps are let go when they were checked */
};

static bool is_blank(const char *line, size_t length)
{
    size_t i = 0;

    while (i < length && strchr(" \t\r", line[i]) != NULL && line[i] != '\0') {
        i++;
    }
    return i == length;
}

static int refuse_line(const struct run_reading *reading, const struct error *why, struct error *err)
{
    bool known = reading->log.run.harness_version != NULL;

    return error_input(err, "%s:%zu: %s%s", reading->name, reading->line, why->message,
                       known ? "; twofold report --salvage reads around damaged lines" : "");
}

static int take_record(struct run_reading *reading, const char *line, size_t length, struct error *err)
{
    struct error why = {0};

    if (reading->salvage != NULL) {
        salvage_begin(reading->salvage, &reading->log);
    }
    if (read_line(&reading->log, line, length, &why) != 0) {
        if (reading->salvage == NULL) {
            return refuse_line(reading, &why, err);
        }
        salvage_damaged(reading->salvage, &reading->log, reading->line, why.message);
    } else if (reading->salvage != NULL) {
        salvage_read(reading->salvage, &reading->log);
    }
    if (reading->outline) {
        run_log_drop_steps(&reading->log);
    }
    return 0;
}

static int take_line(struct run_reading *reading, const char *line, size_t length, bool ended, struct error *err)
{
    size_t mark = reading->line == 0 ? utf8_mark(line, length) : 0;

    line += mark;
    length -= mark;
    reading->line++;
    if (is_blank(line, length)) {
        return 0;
    }
    if (!ended && !json_is_whole(line, length)) {
        reading->log.warning =
            mem_format("%s:%zu: the last record is cut short and was left out", reading->name, reading->line);
        return 0;
    }
    return take_record(reading, line, length, err);
}

/* Hands the log over, or releases it after a failure. */
static int conclude(struct run_reading *reading, int result, struct run_log *ret_log, struct error *err)
{
    if (result == 0 && reading->log.run.harness_version == NULL) {
        result = error_input(err, "%s: no run record: not a run log", reading->name);
    }
    if (result == 0 && reading->salvage != NULL) {
        run_log_warn(&reading->log, salvage_words(reading->salvage));
    }
    if (result == 0) {
        *ret_log = reading->log;
    } else {
        run_log_release(&reading->log);
    }
    return result;
}

int run_log_parse(struct run_log *log, const char *name, const char *contents, size_t length, struct error *err)
{
    struct run_reading reading = {.name = name};
    const char *end = contents + length;
    int result = 0;

    for (const char *at = contents; at < end && result == 0;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline != NULL ? newline : end;
        result = take_line(&reading, at, (size_t)(stop - at), newline != NULL, err);
        at = stop + 1;
    }
    return conclude(&reading, result, log, err);
}

static int read_file(struct run_reading *reading, struct run_log *ret_log, struct error *err)
{
    struct line_reader *lines;
    struct file_line line;
    int result;

    if (line_reader_open(&lines, reading->name, err) != 0) {
        return -1;
    }
    do {
        result = line_reader_next(lines, &line, err);
        if (result == 0 && line.text != NULL) {
            result = take_line(reading, line.text, line.length, line.ended, err);
        }
    } while (result == 0 && line.text != NULL);
    line_reader_close(lines);
    return conclude(reading, result, ret_log, err);
}

int run_log_read(struct run_log *log, const char *file, struct error *err)
{
    return read_file(&(struct run_reading){.name = file}, log, err);
}

int run_log_salvage(struct run_log *log, const char *file, struct error *err)
{
    struct salvage salvage = {0};
    int result = read_file(&(struct run_reading){.name = file, .salvage = &salvage}, log, err);

    salvage_release(&salvage);
    return result;
}

int run_log_read_outline(struct run_log *log, const char *file, struct error *err)
{
    return read_file(&(struct run_reading){.name = file, .outline = true}, log, err);
}
