#include "record/run_log.h"

#include "base/mem.h"
#include "base/text.h"
#include "record/dependency_json.h"
#include "record/reading/folded_columns.h"
#include "record/reading/runtime_json.h"
#include "record/reading/sample_json.h"
#include "record/run_fields.h"

#include <stdlib.h>
#include <string.h>

/* Of a number that is no whole one, in a file that is compressed: 0.3 and not 0.29999999999999999. */
#define DIGITS 15

/* Where the lines go. What belongs to files is called by pointers only, so that the page's judge, which has no files,
 * links without it. */
struct run_writer {
    int (*append)(struct run_writer *writer, const char *line, size_t length, struct error *err);
    void (*close)(struct line_file *file);                                               /* or NULL */
    struct text *text;                                                                   /* or NULL */
    struct line_file *file;                                                              /* or NULL */
    int (*elsewhere)(void *context, const char *line, size_t length, struct error *err); /* or NULL */
    void *context;
    bool packed; /* what it writes is compressed as a whole */
};

static int append_to_text(struct run_writer *writer, const char *line, size_t length, struct error *err)
{
    (void)err;
    text_append(writer->text, line, length);
    return 0;
}

static int append_to_file(struct run_writer *writer, const char *line, size_t length, struct error *err)
{
    return line_file_append(writer->file, line, length, err);
}

static int append_elsewhere(struct run_writer *writer, const char *line, size_t length, struct error *err)
{
    return writer->elsewhere(writer->context, line, length, err);
}

static struct run_writer *make(struct line_file *file)
{
    struct run_writer *writer = mem_new(1, sizeof *writer);

    *writer = (struct run_writer){.append = append_to_file,
                                  .close = line_file_close,
                                  .file = file,
                                  .packed = line_file_is_gzip(file)};
    return writer;
}

int run_writer_start(struct run_writer **ret_writer, const struct line_file_options *options, struct error *err)
{
    struct line_file *file;

    if (line_file_new(&file, options, err) != 0) {
        return -1;
    }
    *ret_writer = make(file);
    return 0;
}

int run_writer_open(struct run_writer **ret_writer, const char *file, struct error *err)
{
    return run_writer_start(ret_writer, &(struct line_file_options){.path = file}, err);
}

int run_writer_reopen(struct run_writer **ret_writer, const struct line_file_options *options, struct error *err)
{
    struct line_file *file;

    if (line_file_reopen(&file, options, err) != 0) {
        return -1;
    }
    *ret_writer = make(file);
    return 0;
}

void run_writer_open_text(struct run_writer **ret_writer, struct text *out)
{
    struct run_writer *writer = mem_new(1, sizeof *writer);

    *writer = (struct run_writer){.append = append_to_text, .text = out, .packed = true};
    *ret_writer = writer;
}

void run_writer_open_elsewhere(struct run_writer **ret_writer,
                               int (*append_line)(void *context, const char *line, size_t length, struct error *err),
                               void *context)
{
    struct run_writer *writer = mem_new(1, sizeof *writer);

    *writer = (struct run_writer){.append = append_elsewhere, .elsewhere = append_line, .context = context};
    *ret_writer = writer;
}

const char *run_writer_path(const struct run_writer *writer)
{
    return writer->file != NULL ? line_file_path(writer->file) : NULL;
}

void run_writer_close(struct run_writer *writer)
{
    if (writer != NULL) {
        if (writer->close != NULL) {
            writer->close(writer->file);
        }
        free(writer);
    }
}

/* Takes `record` over. */
static int append(struct run_writer *writer, const char *kind, json_t *record, struct error *err)
{
    json_object_set_new(record, "record", json_string(kind));
    bool is_short = writer->packed && writer->file != NULL;
    char *line = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS | (is_short ? JSON_REAL_PRECISION(DIGITS) : 0));
    size_t length = strlen(line);
    line[length] = '\n';
    int result = writer->append(writer, line, length + 1, err);
    free(line);
    json_decref(record);
    return result;
}

int run_writer_run(struct run_writer *writer, const struct run_record *record, struct error *err)
{
    json_t *json = fields_json(run_fields, record);
    json_object_set_new(json, "schema", json_integer(RUN_LOG_SCHEMA));
    fields_write_strings(record->folders, "folders", json);
    json_object_set_new(json, "machine", fields_json(machine_fields, &record->machine));
    json_object_set_new(json, "calibration", fields_json(calibration_fields, &record->calibration));
    return append(writer, "run", json, err);
}

int run_writer_generator(struct run_writer *writer, const struct generator_record *record, struct error *err)
{
    return append(writer, "generator", generator_record_json(record), err);
}

int run_writer_backend(struct run_writer *writer, const struct backend_record *record, struct error *err)
{
    json_t *json = fields_json(backend_fields, record);
    json_object_set_new(json, "idle", fields_json(memory_fields, &record->idle));
    return append(writer, "backend", json, err);
}

static json_t *histogram_json(const struct run_writer *writer, const struct histogram *histogram)
{
    struct text encoded = {0};
    json_t *json = fields_json(histogram_fields, histogram);

    if (writer->packed) {
        histogram_encode_plain(histogram, &encoded);
    } else {
        histogram_encode(histogram, &encoded);
    }
    json_object_set_new(json, "counts", json_stringn(encoded.data, encoded.length));
    text_release(&encoded);
    return json;
}

static json_t *tally_json(const struct tally *tally)
{
    json_t *json = fields_json(tally_fields, tally);
    json_t *failures = json_object();

    for (int i = 0; i < FAILURE_COUNT; i++) {
        json_object_set_new(failures, failure_name((enum failure)i), json_integer((json_int_t)tally->failures[i]));
    }
    json_object_set_new(json, "failures", failures);
    return json;
}

static json_t *intervals_json(const struct run_writer *writer, const struct interval *intervals, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *interval = fields_json(interval_fields, &intervals[i]);
        json_object_set_new(interval, "tally", tally_json(&intervals[i].tally));
        json_object_set_new(interval, "response", histogram_json(writer, &intervals[i].response));
        json_array_append_new(array, interval);
    }
    return array;
}

static json_t *requests_json(const struct run_writer *writer, const struct load_record *load)
{
    json_t *requests = json_array();

    for (size_t i = 0; i < load->request_count; i++) {
        json_t *request = fields_json(request_fields, &load->requests[i]);
        json_object_set_new(request, "tally", tally_json(&load->requests[i].tally));
        json_object_set_new(request, "response", histogram_json(writer, &load->requests[i].response));
        if (load->requests[i].intervals != NULL) {
            json_object_set_new(request, "windows",
                                intervals_json(writer, load->requests[i].intervals, load->interval_count));
        }
        json_array_append_new(requests, request);
    }
    return requests;
}

static json_t *stalls_json(const struct stall_list *list)
{
    json_t *json = json_object();
    fields_write_columns(stall_fields, list->stalls, list->count, sizeof *list->stalls, json);
    return json;
}

static json_t *statuses_json(const struct status_counts *counts)
{
    json_t *json = json_object();
    fields_write_columns(status_count_fields, counts->counts, counts->count, sizeof counts->counts[0], json);
    return json;
}

static json_t *load_json(const struct run_writer *writer, const struct load_record *load)
{
    json_t *json = fields_json(load_fields, load);

    json_object_set_new(json, "tally", tally_json(&load->tally));
    json_object_set_new(json, "response", histogram_json(writer, &load->response));
    json_object_set_new(json, "service", histogram_json(writer, &load->service));
    json_object_set_new(json, "release_lag", histogram_json(writer, &load->send_lag));
    json_object_set_new(json, "windows", intervals_json(writer, load->intervals, load->interval_count));
    json_object_set_new(json, "requests", requests_json(writer, load));
    if (load->sessions.most > 0) {
        json_object_set_new(json, "user_sessions", fields_json(session_tally_fields, &load->sessions));
    }
    if (load->slow.wanted > 0) {
        json_object_set_new(json, "slow_connections", fields_json(slow_tally_fields, &load->slow));
    }
    if (load->first_wrong != NULL) {
        json_object_set_new(json, "first_wrong", fields_json(wrong_response_fields, load->first_wrong));
    }
    if (load->detailed) {
        json_object_set_new(json, "stalls", stalls_json(&load->stalls));
        json_object_set_new(json, "statuses", statuses_json(&load->statuses));
    }
    return json;
}

int run_writer_forecast(struct run_writer *writer, const struct forecast_record *record, struct error *err)
{
    json_t *json = fields_json(forecast_fields, record);
    json_object_set_new(json, "expected", fields_json(expected_fields, &record->expected));
    return append(writer, "forecast", json, err);
}

/* What is read ten times a second. The page reads its columns as they are. */
static void fold(const struct run_writer *writer, json_t *body)
{
    static const char *const of_dependencies[] = {"samples", "calls", "sessions"};
    json_t *loads = json_object_get(body, "dependencies");

    if (!writer->packed || writer->file == NULL) {
        return;
    }
    folded_columns_fold(json_object_get(body, "samples"));
    for (size_t i = 0; i < json_array_size(loads); i++) {
        for (size_t k = 0; k < sizeof of_dependencies / sizeof of_dependencies[0]; k++) {
            json_t *columns = json_object_get(json_array_get(loads, i), of_dependencies[k]);
            if (columns != NULL) {
                folded_columns_fold(columns);
            }
        }
    }
}

/* The common part of a step, a recovery and a soak. */
static json_t *body_json(const struct run_writer *writer, const struct step_record *record)
{
    json_t *json = fields_json(step_fields, record);
    struct sample *rows = mem_new(record->sample_count, sizeof *rows);

    for (size_t i = 0; i < record->sample_count; i++) {
        rows[i] = step_record_sample(record, i);
    }
    json_object_set_new(json, "load", load_json(writer, &record->load));
    json_object_set_new(json, "samples", sample_json_columns(rows, record->sample_count));
    free(rows);
    if (record->runtime_count > 0) {
        json_object_set_new(json, "runtime", runtime_json_columns(record->runtime, record->runtime_count));
    }
    json_object_set_new(json, "memory", fields_json(memory_fields, &record->memory));
    json_object_set_new(json, "death", fields_json(death_fields, &record->death));
    json_object_set_new(json, "dependencies", dependency_loads_json(record->dependencies, record->dependency_count));
    if (record->generators.count > 0) {
        json_object_set_new(json, "generators", generator_loads_json(&record->generators));
    }
    fold(writer, json);
    return json;
}

int run_writer_step(struct run_writer *writer, const struct step_record *record, struct error *err)
{
    json_t *json = body_json(writer, record);
    json_object_set_new(json, "phase", json_string(step_phase_name(record->phase)));
    return append(writer, "step", json, err);
}

int run_writer_recovery(struct run_writer *writer, const struct step_record *record, struct error *err)
{
    return append(writer, "recovery", body_json(writer, record), err);
}

int run_writer_soak(struct run_writer *writer, const struct step_record *record, struct error *err)
{
    return append(writer, "soak", body_json(writer, record), err);
}

int run_writer_dependency(struct run_writer *writer, const struct dependency_record *record, struct error *err)
{
    return append(writer, "dependency", dependency_record_json(record), err);
}

int run_writer_audit(struct run_writer *writer, const struct audit_record *record, struct error *err)
{
    return append(writer, "audit", audit_record_json(record), err);
}

int run_writer_calibration(struct run_writer *writer, const struct calibration_record *record, struct error *err)
{
    json_t *json = fields_json(calibration_record_fields, record);

    json_object_set_new(json, "measured", fields_json(calibration_fields, &record->measured));
    return append(writer, "calibration", json, err);
}

int run_writer_profile(struct run_writer *writer, const struct profile_record *record, struct error *err)
{
    return append(writer, "profile", profile_record_json(record), err);
}

int run_writer_trial(struct run_writer *writer, const struct trial_record *record, struct error *err)
{
    return append(writer, "trial", fields_json(trial_fields, record), err);
}

int run_writer_resume(struct run_writer *writer, const struct resume_record *record, struct error *err)
{
    return append(writer, "resume", fields_json(resume_fields, record), err);
}

int run_writer_end(struct run_writer *writer, const struct end_record *record, struct error *err)
{
    return append(writer, "end", fields_json(end_fields, record), err);
}
