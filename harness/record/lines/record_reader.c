#include "record/lines/record_reader.h"

#include "base/list.h"
#include "base/mem.h"
#include "record/dependency_json.h"
#include "record/lines/load_reader.h"
#include "record/reading/runtime_json.h"
#include "record/reading/sample_json.h"
#include "record/run_bounds.h"
#include "record/run_fields.h"

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

/* Whether a file that is laid out for people begins with that line: each line of a run log is a record. */
static bool is_document(const struct run_log *log, const char *line, size_t length)
{
    return log->run.harness_version == NULL && length == 1 && (line[0] == '{' || line[0] == '[');
}

int record_reader_add(struct run_log *log, const char *line, size_t length, struct error *err)
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
        return is_document(log, line, length) ? error_input(err, "not a run log: a JSON document of several lines, as "
                                                                 "a scenario or a manifest is")
                                              : error_input(err, "not JSON: %s", why.text);
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
