/* A run log that is taken is one that analysis and every report can bear, whoever wrote it. */
#include "analysis/findings.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "json_change.h"
#include "record/run_log.h"
#include "report/report.h"
#include "stats/histogram.h"

#include <stdlib.h>
#include <string.h>

/* --- what is done with it ----------------------------------------------------------------------------------------- */

/* Fit for a terminal, whatever the log says. */
static void check_page(const struct text *out)
{
    json_t *string = json_stringn(out->data, out->length);

    FUZZ_HOLDS(string != NULL);
    json_decref(string);
    for (const unsigned char *c = (const unsigned char *)out->data; *c != '\0'; c++) {
        FUZZ_HOLDS((c[0] >= 0x20 && c[0] != 0x7f) || c[0] == '\n');
        FUZZ_HOLDS(c[0] != 0xc2 || c[1] < 0x80 || c[1] >= 0xa0);
    }
}

static void check_json(const struct text *out)
{
    json_t *json = json_loadb(out->data, out->length, JSON_REJECT_DUPLICATES, NULL);
    FUZZ_HOLDS(json_is_object(json));
    json_decref(json);
}

/* As many fields in each line as in the first; quotes may hold commas and line breaks. */
static void check_csv(const struct text *out)
{
    size_t fields = 1, wanted = 0;
    bool quoted = false;

    for (const char *c = out->data; *c != '\0'; c++) {
        quoted = quoted != (*c == '"');
        fields += !quoted && *c == ',';
        if (!quoted && *c == '\n') {
            wanted = wanted == 0 ? fields : wanted;
            FUZZ_HOLDS(fields == wanted);
            fields = 1;
        }
    }
    FUZZ_HOLDS(!quoted && wanted > 0);
}

static void report(const struct findings *findings)
{
    static const struct report_options narrow = {.details = true, .explain = true, .steps = true, .width = 80};

    for (int format = REPORT_TEXT; format <= REPORT_JSON; format++) {
        struct text out = {0};
        report_write(findings, (enum report_format)format, format == REPORT_TEXT ? &narrow : NULL, &out);
        FUZZ_HOLDS(out.length > 0 && strlen(out.data) == out.length);
        if (format == REPORT_JSON) {
            check_json(&out);
        } else if (format == REPORT_CSV) {
            check_csv(&out);
        } else {
            check_page(&out);
        }
        text_release(&out);
    }
}

static void analyse(const struct run_log *log, const char *const *limits)
{
    struct findings findings;
    struct error err = {0};

    if (fuzz_taken(findings_make(&findings, log, limits, &err), &err)) {
        report(&findings);
        findings_release(&findings);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const other_limits[] = {"p50=1us", "errors=none", "memory=1MiB", NULL};
    char *file = fuzz_file("run.jsonl", data, size);
    struct run_log log;
    struct error err = {0};

    if (fuzz_taken(run_log_read(&log, file, &err), &err)) {
        analyse(&log, NULL);
        analyse(&log, other_limits);
        run_log_release(&log);
    }
    free(file);
    return 0;
}

/* --- how it is changed -------------------------------------------------------------------------------------------- */

enum { RECORDS_MOST = 40 };

struct records {
    json_t *list[RECORDS_MOST];
    size_t count;
};

static void records_read(struct records *records, const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size;

    *records = (struct records){0};
    while (data < end && records->count < RECORDS_MOST) {
        const uint8_t *newline = memchr(data, '\n', (size_t)(end - data));
        const uint8_t *stop = newline != NULL ? newline : end;
        json_t *record = json_loadb((const char *)data, (size_t)(stop - data), 0, NULL);
        if (json_is_object(record)) {
            records->list[records->count++] = record;
        } else {
            json_decref(record);
        }
        data = stop < end ? stop + 1 : end;
    }
}

static void records_release(struct records *records)
{
    for (size_t i = 0; i < records->count; i++) {
        json_decref(records->list[i]);
    }
}

/* How long the text is that was put at `data`; 0 where it is none or too long. */
static size_t records_write(const struct records *records, uint8_t *data, size_t most)
{
    struct text text = {0};
    size_t length = 0;

    for (size_t i = 0; i < records->count; i++) {
        char *line = json_dumps(records->list[i], JSON_COMPACT);
        text_add(&text, line);
        text_add(&text, "\n");
        free(line);
    }
    if (text.length > 0 && text.length <= most) {
        memcpy(data, text.data, text.length);
        length = text.length;
    }
    text_release(&text);
    return length;
}

static void swap(struct records *records, size_t one, size_t other)
{
    json_t *held = records->list[one];
    records->list[one] = records->list[other];
    records->list[other] = held;
}

static void change_order(struct records *records, struct random *random)
{
    size_t one = random_below(random, records->count), other = random_below(random, records->count);

    switch (random_below(random, 3)) {
    case 0:
        swap(records, one, other);
        break;
    case 1:
        swap(records, one, --records->count);
        json_decref(records->list[records->count]);
        break;
    default:
        if (records->count < RECORDS_MOST) {
            records->list[records->count] = json_deep_copy(records->list[one]);
            swap(records, other, records->count++);
        }
    }
}

static bool is_histogram(const json_t *value)
{
    return json_object_get(value, "counts") != NULL;
}

/* Another one, with what is said beside the counts true of it, or not. */
static void change_histogram(json_t *object, struct random *random)
{
    struct histogram histogram;
    struct text counts = {0};
    bool honest = random_below(random, 8) != 0;

    histogram_init(&histogram, random_below(random, 2) == 0 ? 2 : 3);
    for (uint64_t i = random_below(random, 6); i > 0; i--) {
        uint64_t ns = random_next(random) >> random_below(random, 64);
        histogram_record_many(&histogram, ns, random_next(random) >> (2 + random_below(random, 62)));
    }
    histogram_encode(&histogram, &counts);
    json_object_set_new(object, "counts", json_string(counts.data));
    if (honest) {
        json_object_set_new(object, "total", json_integer((json_int_t)histogram.total));
        json_object_set_new(object, "min", json_integer((json_int_t)(histogram.total > 0 ? histogram.min : 0)));
        json_object_set_new(object, "max", json_integer((json_int_t)histogram.max));
        json_object_set_new(object, "sum", json_real(histogram.sum));
    }
    text_release(&counts);
    histogram_release(&histogram);
}

static void change_record(json_t *record, struct random *random)
{
    static const char *const strings[] = {
        "0-3,7",   "5-4", "0-4294967295", "18446744073709551615", "1,", "-1",  "go", "rust",
        "catalog", "p99", "50ms",         "connections",          "n",  "{n}", NULL};
    struct json_place place;

    if (random_below(random, 6) == 0 && json_change_pick(record, is_histogram, random, &place)) {
        change_histogram(place.value, random);
    } else {
        json_change(record, strings, random);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    struct records records;
    struct random random;

    random_init(&random, seed, 0);
    if (random_below(&random, 10) == 0) {
        return LLVMFuzzerMutate(data, size, most);
    }
    records_read(&records, data, size);
    for (uint64_t i = 1 + random_below(&random, 4); i > 0 && records.count > 0; i--) {
        if (random_below(&random, 10) == 0) {
            change_order(&records, &random);
        } else {
            change_record(records.list[random_below(&random, records.count)], &random);
        }
    }
    size_t length = records_write(&records, data, most);
    records_release(&records);
    return length > 0 ? length : LLVMFuzzerMutate(data, size, most);
}
