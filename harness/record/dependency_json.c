#include "record/dependency_json.h"

#include "base/mem.h"
#include "record/run_fields.h"

#include <string.h>

/* Each one takes memory, whatever it contains. */
#define DEPENDENCIES_MOST 16
#define COUNTS_MOST       64

json_t *dependency_record_json(const struct dependency_record *record)
{
    return fields_json(dependency_fields, record);
}

int dependency_record_read(struct dependency_record *record, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", NULL};
    return fields_read_object(json, dependency_fields, more, record, err);
}

/* ---- of a step ---- */

/* A log need not have these: older ones do not, and neither has a dependency that reports nothing about itself. */
static void write_calls(const struct dependency_load *load, json_t *json)
{
    if (load->call_count > 0) {
        json_t *calls = json_object();
        fields_write_columns(call_sample_fields, load->calls, load->call_count, sizeof *load->calls, calls);
        json_object_set_new(json, "calls", calls);
    }
}

static void write_sessions(const struct dependency_load *load, json_t *json)
{
    if (load->session_count > 0) {
        json_t *sessions = json_object();
        fields_write_columns(session_sample_fields, load->sessions, load->session_count, sizeof *load->sessions,
                             sessions);
        json_object_set_new(json, "sessions", sessions);
    }
}

/* Only what went wrong is written. */
static void write_fault(json_t *json, const char *key, enum dependency_fault fault)
{
    if (fault != DEPENDENCY_WELL) {
        json_object_set_new(json, key, json_string(dependency_fault_name(fault)));
    }
}

json_t *dependency_loads_json(const struct dependency_load *loads, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *json = fields_json(dependency_load_fields, &loads[i]), *samples = json_object();
        fields_write_columns(dependency_sample_fields, loads[i].samples, loads[i].sample_count,
                             sizeof *loads[i].samples, samples);
        json_object_set_new(json, "samples", samples);
        write_fault(json, "fault", loads[i].fault);
        write_fault(json, "mended", loads[i].mended);
        write_calls(&loads[i], json);
        write_sessions(&loads[i], json);
        json_array_append_new(array, json);
    }
    return array;
}

static int read_calls(struct dependency_load *load, const json_t *json, struct error *err)
{
    void *calls = NULL;

    if (json != NULL &&
        fields_read_columns(call_sample_fields, &calls, &load->call_count, sizeof *load->calls, json, err) != 0) {
        return error_context(err, "\"calls\"");
    }
    load->calls = calls;
    return 0;
}

static int read_sessions(struct dependency_load *load, const json_t *json, struct error *err)
{
    void *sessions = NULL;

    if (json != NULL && fields_read_columns(session_sample_fields, &sessions, &load->session_count,
                                            sizeof *load->sessions, json, err) != 0) {
        return error_context(err, "\"sessions\"");
    }
    load->sessions = sessions;
    return 0;
}

static int read_fault(enum dependency_fault *fault, const json_t *json, const char *key, struct error *err)
{
    const json_t *value = json_object_get(json, key);
    const char *name = json_string_value(value);

    if (value == NULL) {
        return 0;
    }
    for (int i = DEPENDENCY_WELL; name != NULL && i < DEPENDENCY_FAULT_COUNT; i++) {
        if (strcmp(name, dependency_fault_name((enum dependency_fault)i)) == 0) {
            *fault = (enum dependency_fault)i;
            return 0;
        }
    }
    return error_input(err, "\"%s\" is not one of \"ended\", \"stopped\", \"silent\", \"cut\" and \"full\"", key);
}

static int read_load(struct dependency_load *load, const json_t *json, struct error *err)
{
    static const char *const more[] = {"samples", "calls", "sessions", "fault", "mended", NULL};
    void *samples = NULL;

    if (fields_read_object(json, dependency_load_fields, more, load, err) != 0) {
        return -1;
    }
    if (fields_read_columns(dependency_sample_fields, &samples, &load->sample_count, sizeof *load->samples,
                            json_object_get(json, "samples"), err) != 0) {
        return error_context(err, "\"samples\"");
    }
    load->samples = samples;
    if (read_fault(&load->fault, json, "fault", err) != 0 || read_fault(&load->mended, json, "mended", err) != 0 ||
        read_calls(load, json_object_get(json, "calls"), err) != 0) {
        return -1;
    }
    return read_sessions(load, json_object_get(json, "sessions"), err);
}

int dependency_loads_read(struct dependency_load **loads, size_t *count, const json_t *array, struct error *err)
{
    size_t wanted = json_array_size(array);

    if (!json_is_array(array) || wanted > DEPENDENCIES_MOST) {
        return error_input(err, "\"dependencies\" is missing or not an array of at most %d", DEPENDENCIES_MOST);
    }
    *loads = mem_new(wanted, sizeof **loads);
    *count = wanted;
    for (size_t i = 0; i < wanted; i++) {
        if (read_load(&(*loads)[i], json_array_get(array, i), err) != 0) {
            return error_context(err, "\"dependencies\"[%zu]", i);
        }
    }
    return 0;
}

/* ---- of a trial ---- */

json_t *audit_record_json(const struct audit_record *record)
{
    json_t *json = fields_json(audit_fields, record), *counts = json_array();

    for (size_t i = 0; i < record->count; i++) {
        json_array_append_new(counts, fields_json(audit_count_fields, &record->counts[i]));
    }
    json_object_set_new(json, "requests", counts);
    json_object_set_new(json, "upstream", fields_json(upstream_audit_fields, &record->upstream));
    json_object_set_new(json, "database", fields_json(database_audit_fields, &record->database));
    return json;
}

static int read_counts(struct audit_record *record, const json_t *counts, struct error *err)
{
    size_t wanted = json_array_size(counts);

    if (!json_is_array(counts) || wanted > COUNTS_MOST) {
        return error_input(err, "\"requests\" is missing or not an array of at most %d", COUNTS_MOST);
    }
    record->counts = mem_new(wanted, sizeof *record->counts);
    record->count = wanted;
    for (size_t i = 0; i < wanted; i++) {
        if (fields_read_object(json_array_get(counts, i), audit_count_fields, NULL, &record->counts[i], err) != 0) {
            return error_context(err, "\"requests\"[%zu]", i);
        }
    }
    return 0;
}

int audit_record_read(struct audit_record *record, const json_t *json, struct error *err)
{
    static const char *const more[] = {"record", "requests", "upstream", "database", NULL};

    if (fields_read_object(json, audit_fields, more, record, err) != 0 ||
        read_counts(record, json_object_get(json, "requests"), err) != 0 ||
        fields_read_member(json, "upstream", upstream_audit_fields, &record->upstream, err) != 0) {
        return -1;
    }
    return fields_read_member(json, "database", database_audit_fields, &record->database, err);
}
