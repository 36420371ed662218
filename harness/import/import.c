#include "import/import.h"

#include "base/lines/line_reader.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "import/format/format.h"
#include "import/openapi/yaml.h"
#include "plan/scenario/scenario.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* So many lines are looked at to find the format. */
#define LOOK_MOST 100

/* One of the formats; `line`, `whole` or `document` reads it. */
struct import_format {
    const char *name;
    format_fits *fits;
    format_read_line *line;
    format_read_whole *whole;
    format_read_document *document;
};

static bool json_fits(const char *line)
{
    return line[0] == '{' || line[0] == '[';
}

static bool openapi_fits(const char *line)
{
    static const char *const keys[] = {"openapi:", "\"openapi\":", "'openapi':", "swagger:", "\"swagger\":"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strncmp(line, keys[i], strlen(keys[i])) == 0) {
            return true;
        }
    }
    return false;
}

static int json_read(const struct format_source *source, const json_t *document, struct error *err);

/* In the order in which they are tried. The first one, which has no name, is HAR or OpenAPI. */
static const struct import_format formats[] = {
    {NULL, json_fits, NULL, NULL, json_read},
    {"curl", curl_command_fits, NULL, curl_command_read, NULL},
    {"log", access_log_fits, access_log_read, NULL, NULL},
    {"openapi", openapi_fits, NULL, NULL, openapi_read},
    {"urls", url_list_fits, url_list_read, NULL, NULL},
    {"har", NULL, NULL, NULL, har_read},
};

enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

/* An input that is being read. The lines that were looked at to find its format are kept until they are read. */
struct input {
    struct line_reader *reader;
    struct text *looked_at;
    size_t looked_at_count, next;
    struct text line;
    uint64_t number;
    const atomic_bool *stop;
};

/* ---- lines ---- */

/* Reads a line of the file to `line`. Returns 1, 0 at the end, or -1. */
static int read_line(struct input *input, struct text *line, bool first, struct error *err)
{
    struct file_line read;

    if (line_reader_next(input->reader, &read, err) != 0) {
        return -1;
    }
    if (read.text == NULL) {
        return 0;
    }
    size_t mark = first ? utf8_mark(read.text, read.length) : 0;
    text_clear(line);
    text_append(line, read.text + mark, read.length - mark);
    if (line->length > 0 && line->data[line->length - 1] == '\r') {
        line->data[--line->length] = '\0';
    }
    return 1;
}

/* The next line, whether or not it was looked at before. Returns 1, 0 at the end, or -1. */
static int next_line(struct input *input, const struct text **ret_line, struct error *err)
{
    if (input->stop != NULL && atomic_load(input->stop)) {
        error_stopped(err);
        return -1;
    }
    input->number++;
    if (input->next < input->looked_at_count) {
        *ret_line = &input->looked_at[input->next++];
        return 1;
    }
    *ret_line = &input->line;
    return read_line(input, &input->line, input->number == 1, err);
}

/* ---- the format ---- */

static const struct import_format *format_of(const char *line, bool first)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        bool tried = formats[i].fits != NULL && (first || formats[i].name != NULL);
        if (tried && formats[i].fits(line)) {
            return &formats[i];
        }
    }
    return NULL;
}

static void unknown_content(const char *file, bool empty, struct error *err)
{
    if (empty) {
        error_input(err, "%s: is empty", file);
        return;
    }
    error_input(err,
                "%s: looks like none of HAR, OpenAPI, access log (common or combined), list of URLs and curl "
                "command; --format says which it is",
                file);
}

/* NULL: it was not found. */
static const struct import_format *find_format(struct input *input, const char *file, struct error *err)
{
    bool first = true;

    for (size_t i = 0; i < LOOK_MOST; i++) {
        struct text line = {0};
        int got = read_line(input, &line, i == 0, err);
        if (got < 0) {
            return NULL;
        }
        if (got == 0) {
            break;
        }
        *list_add(input->looked_at, input->looked_at_count) = line;
        const char *text = line.data + strspn(line.data, " \t");
        const struct import_format *format = format_of(first ? text : line.data, first);
        if (format != NULL) {
            return format;
        }
        first = first && *text == '\0';
    }
    unknown_content(file, first, err);
    return NULL;
}

/* NULL: there is none. */
static const struct import_format *named_format(const char *name, struct error *err)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i].name != NULL && strcmp(formats[i].name, name) == 0) {
            return &formats[i];
        }
    }
    error_input(err, "--format: expected har, openapi, log, urls or curl, found \"%s\"", name);
    return NULL;
}

/* ---- reading ---- */

static int read_lines(struct input *input, const struct import_format *format, const struct format_source *source,
                      struct error *err)
{
    const struct text *line;
    int got;

    while ((got = next_line(input, &line, err)) > 0) {
        format->line(source, line->data, line->length, input->number);
    }
    return got;
}

static int json_read(const struct format_source *source, const json_t *document, struct error *err)
{
    if (json_object_get(document, "log") != NULL) {
        return har_read(source, document, err);
    }
    if (json_object_get(document, "openapi") != NULL || json_object_get(document, "swagger") != NULL) {
        return openapi_read(source, document, err);
    }
    return error_input(err, "%s: is JSON, but neither a HAR (log.entries) nor an OpenAPI document (openapi, paths)",
                       source->file);
}

static json_t *load_document(const char *file, const struct text *text, struct error *err)
{
    const char *start = text->data + strspn(text->data, " \t\r\n");
    json_error_t fault;
    json_t *document = NULL;

    if (!json_fits(start)) {
        yaml_read(&document, file, text->data, text->length, err);
        return document;
    }
    document = json_loadb(text->data, text->length, JSON_ALLOW_NUL, &fault);
    if (document == NULL) {
        error_input(err, "%s:%d: is no JSON: %s", file, fault.line, fault.text);
    }
    return document;
}

static int read_document(const struct import_format *format, const struct format_source *source,
                         const struct text *text, struct error *err)
{
    json_t *document = load_document(source->file, text, err);

    if (document == NULL) {
        return -1;
    }
    int result = format->document(source, document, err);
    json_decref(document);
    return result;
}

static int read_whole(struct input *input, const struct import_format *format, const struct format_source *source,
                      struct error *err)
{
    struct text text = {0};
    const struct text *line;
    int result;

    text_append(&text, "", 0);
    while ((result = next_line(input, &line, err)) > 0) {
        text_append(&text, line->data, line->length);
        text_add(&text, "\n");
    }
    if (result == 0 && format->document != NULL) {
        result = read_document(format, source, &text, err);
    } else if (result == 0) {
        result = format->whole(source, text.data, text.length, err);
    }
    text_release(&text);
    return result;
}

static int read_requests(const struct format_source *source, const char *path, const struct import_options *options,
                         struct error *err)
{
    struct input input = {.stop = options->stop};
    const struct import_format *format;
    int result = -1;

    if (line_reader_open(&input.reader, path, err) != 0) {
        return -1;
    }
    format = options->format != NULL ? named_format(options->format, err) : find_format(&input, source->file, err);
    if (format != NULL && format->line != NULL) {
        result = read_lines(&input, format, source, err);
    } else if (format != NULL) {
        result = read_whole(&input, format, source, err);
    }
    for (size_t i = 0; i < input.looked_at_count; i++) {
        text_release(&input.looked_at[i]);
    }
    free(input.looked_at);
    text_release(&input.line);
    line_reader_close(input.reader);
    return result;
}

/* ---- the scenario ---- */

static const char *name_without_folder(const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash != NULL && slash[1] != '\0' ? slash + 1 : file;
}

/* What this room writes and what the reader of scenarios takes must not come apart. */
static int check_sketch(const struct sketch *sketch, struct error *err)
{
    struct scenario scenario;

    if (scenario_parse(&scenario, "the scenario that was made", sketch->text.data, err) != 0) {
        return -1;
    }
    scenario_release(&scenario);
    return 0;
}

int import_read(struct sketch *ret_sketch, const char *file, const struct import_options *options,
                struct remarks *remarks, struct error *err)
{
    bool standard = strcmp(file, "-") == 0;
    const char *named = standard ? "standard input" : file;
    const struct sketch_options sketch = {.name = options->name, .source = name_without_folder(named)};
    struct sketch made;
    struct mix mix;

    mix_init(&mix, remarks);
    const struct format_source source = {.file = named, .mix = &mix, .remarks = remarks};
    int result = read_requests(&source, standard ? "/dev/stdin" : file, options, err);
    if (result == 0) {
        result = sketch_make(&made, &mix, &sketch, err);
    }
    mix_release(&mix);
    if (result != 0) {
        return -1;
    }
    if (check_sketch(&made, err) != 0) {
        sketch_release(&made);
        return -1;
    }
    *ret_sketch = made;
    return 0;
}

char *import_name_for(const char *file)
{
    const char *from = strcmp(file, "-") == 0 ? "" : name_without_folder(file);
    const char *dot = strrchr(from, '.');
    size_t length = dot != NULL && dot > from ? (size_t)(dot - from) : strlen(from);
    struct text name = {0};

    for (size_t i = 0; i < length && name.length < 40; i++) {
        unsigned char c = (unsigned char)from[i];
        bool lawful = c < 0x80 && isalnum(c);
        char letter = (char)(lawful ? tolower(c) : '-');
        if (lawful || (name.length > 0 && name.data[name.length - 1] != '-')) {
            text_append(&name, &letter, 1);
        }
    }
    while (name.length > 0 && name.data[name.length - 1] == '-') {
        name.data[--name.length] = '\0';
    }
    if (name.length == 0) {
        text_add(&name, "imported");
    }
    return text_take(&name);
}
