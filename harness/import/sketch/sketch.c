#include "import/sketch/sketch.h"

#include "base/mem.h"
#include "base/units.h"
#include "base/utf8.h"
#include "import/sketch/layout.h"
#include "import/sketch/request_sketch.h"
#include "plan/scenario/first_ladder.h"

#include <stdlib.h>
#include <string.h>

#define WEIGHT_MOST 1000000

/* ---- which kinds ---- */

static json_t *counts_by_origin(const struct mix *mix)
{
    json_t *counts = json_object();

    for (size_t i = 0; i < mix->kind_count; i++) {
        const struct mix_kind *kind = &mix->kinds[i];
        json_int_t former = json_integer_value(json_object_get(counts, kind->origin));
        json_object_set_new(counts, kind->origin, json_integer(former + (json_int_t)kind->count));
    }
    return counts;
}

/* The server that most requests name; of several the first. "" where none is named. */
static const char *most_frequent_origin(const struct mix *mix)
{
    json_t *counts = counts_by_origin(mix);
    const char *best = "";
    json_int_t most = 0;

    for (size_t i = 0; i < mix->kind_count; i++) {
        const char *origin = mix->kinds[i].origin;
        json_int_t count = json_integer_value(json_object_get(counts, origin));
        if (origin[0] != '\0' && count > most) {
            best = origin;
            most = count;
        }
    }
    json_decref(counts);
    return best;
}

static void leave_out(const struct mix *mix, const struct mix_kind *kind, const char *what)
{
    struct text request = {0};

    request_sketch_describe(kind, &request);
    if (kind->origin[0] != '\0') {
        text_format(&request, " of %s", kind->origin);
    }
    remarks_leave_out(mix->remarks, what, kind->count, 0, request.data);
    text_release(&request);
}

/* By falling count; of those as frequent the one that came first, as they lie in one array. */
static int by_count(const void *a, const void *b)
{
    const struct mix_kind *left = *(const struct mix_kind *const *)a, *right = *(const struct mix_kind *const *)b;

    if (left->count != right->count) {
        return left->count < right->count ? 1 : -1;
    }
    return (left > right) - (left < right);
}

/* The kinds that become requests, on the heap. */
static const struct mix_kind **choose(const struct mix *mix, size_t *ret_count)
{
    const struct mix_kind **chosen = mem_new(mix->kind_count + 1, sizeof(const struct mix_kind *));
    const char *origin = most_frequent_origin(mix);
    size_t count = 0;

    for (size_t i = 0; i < mix->kind_count; i++) {
        const struct mix_kind *kind = &mix->kinds[i];
        if (kind->origin[0] == '\0' || strcmp(kind->origin, origin) == 0) {
            chosen[count++] = kind;
        } else {
            leave_out(mix, kind, "requests to other servers than the most frequent");
        }
    }
    qsort(chosen, count, sizeof(const struct mix_kind *), by_count);
    for (size_t i = SKETCH_REQUESTS_MOST; i < count; i++) {
        leave_out(mix, chosen[i], "requests of rarer kinds than the 64 most frequent");
    }
    *ret_count = count < SKETCH_REQUESTS_MOST ? count : SKETCH_REQUESTS_MOST;
    return chosen;
}

/* ---- the scenario ---- */

static json_int_t weight_of(const struct mix_kind *kind, const struct mix_kind *most)
{
    if (most->count <= WEIGHT_MOST) {
        return (json_int_t)kind->count;
    }
    json_int_t weight = (json_int_t)((double)kind->count / (double)most->count * WEIGHT_MOST);
    return weight > 0 ? weight : 1;
}

static char *why_of(const char *source, const struct mix_kind *const *chosen, size_t count)
{
    struct text why = {0};
    uint64_t requests = 0;
    char number[UNITS_TEXT];

    for (size_t i = 0; i < count; i++) {
        requests += chosen[i]->count;
    }
    units_write_count(number, requests);
    text_add(&why, "made from ");
    utf8_plain(&why, source);
    text_format(&why, ": %s request%s", number, requests == 1 ? "" : "s");
    for (size_t i = 0; i < count; i++) {
        if (chosen[i]->origin[0] != '\0') {
            text_format(&why, " to %s", chosen[i]->origin);
            break;
        }
    }
    return text_take(&why);
}

static bool is_sent(const struct mix_kind *const *chosen, size_t count, const char *method)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(chosen[i]->method, method) == 0) {
            return true;
        }
    }
    return false;
}

static void note_changes(const struct mix *mix, const struct mix_kind *const *chosen, size_t count)
{
    static const char *const changing[] = {"POST", "PUT", "PATCH", "DELETE"};
    struct text methods = {0};

    for (size_t i = 0; i < sizeof changing / sizeof changing[0]; i++) {
        if (is_sent(chosen, count, changing[i])) {
            text_format(&methods, "%s%s", methods.length > 0 ? ", " : "", changing[i]);
        }
    }
    if (methods.length > 0) {
        remarks_note(mix->remarks,
                     "look at its requests that may change or delete what the service keeps (%s) before they are sent",
                     methods.data);
    }
    text_release(&methods);
}

static json_t *scenario_of(const struct sheet *sheet, const char *why)
{
    json_t *scenario =
        json_pack("{s:i, s:s, s:s, s:O}", "schema", 1, "name", sheet->name, "why", why, "requests", sheet->requests);

    if (json_object_size(sheet->values) > 0) {
        json_object_set(scenario, "values", sheet->values);
    }
    first_ladder_add(scenario);
    return scenario;
}

static void put_together(struct sketch *sketch, const struct mix *mix, const struct sketch_options *options,
                         const struct mix_kind *const *chosen, size_t count)
{
    struct sheet sheet = {.name = options->name,
                          .requests = json_array(),
                          .values = json_object(),
                          .into = sketch,
                          .remarks = mix->remarks};

    for (size_t i = 0; i < count; i++) {
        request_sketch_add_secrets(&sheet, chosen[i]);
    }
    for (size_t i = 0; i < count; i++) {
        request_sketch_add(&sheet, chosen[i], weight_of(chosen[i], chosen[0]));
    }
    note_changes(mix, chosen, count);
    char *why = why_of(options->source, chosen, count);
    json_t *scenario = scenario_of(&sheet, why);
    layout_write(scenario, &sketch->text);
    json_decref(scenario);
    json_decref(sheet.requests);
    json_decref(sheet.values);
    free(why);
}

int sketch_make(struct sketch *ret_sketch, const struct mix *mix, const struct sketch_options *options,
                struct error *err)
{
    size_t count;
    const struct mix_kind **chosen = choose(mix, &count);

    if (count > 0) {
        *ret_sketch = (struct sketch){0};
        put_together(ret_sketch, mix, options, chosen, count);
    } else {
        error_input(err, "%s: holds no request that a scenario could send", options->source);
    }
    free(chosen);
    return count > 0 ? 0 : -1;
}

void sketch_release(struct sketch *sketch)
{
    for (size_t i = 0; i < sketch->file_count; i++) {
        free(sketch->files[i].name);
        text_release(&sketch->files[i].text);
    }
    free(sketch->files);
    text_release(&sketch->text);
    *sketch = (struct sketch){0};
}
