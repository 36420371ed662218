#include "record/run_log.h"

#include "base/json.h"
#include "base/lines/line_reader.h"
#include "base/mem.h"
#include "base/packed/gzip_reader.h"
#include "base/utf8.h"
#include "record/lines/record_reader.h"
#include "record/salvage/salvage.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

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
    if (record_reader_add(&reading->log, line, length, &why) != 0) {
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

static int parse_text(struct run_reading *reading, const char *contents, size_t length, struct error *err)
{
    const char *end = contents + length;
    int result = 0;

    for (const char *at = contents; at < end && result == 0;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline != NULL ? newline : end;
        result = take_line(reading, at, (size_t)(stop - at), newline != NULL, err);
        at = stop + 1;
    }
    return result;
}

static int parse_gzip(struct run_reading *reading, const char *contents, size_t length, struct error *err)
{
    struct text unpacked = {0};
    enum gzip_state state = gzip_reader_unpack(contents, length, &unpacked);
    int result = 0;

    if (state == GZIP_WHOLE || state == GZIP_CUT) {
        result = parse_text(reading, unpacked.data, unpacked.length, err);
    } else {
        result = error_input(err, "%s: its gzip is damaged or unpacks to too much", reading->name);
    }
    text_release(&unpacked);
    return result;
}

int run_log_parse(struct run_log *log, const char *name, const char *contents, size_t length, struct error *err)
{
    struct run_reading reading = {.name = name};
    bool gzip = length > 0 && gzip_reader_is_gzip((unsigned char)contents[0]);
    int result = (gzip ? parse_gzip : parse_text)(&reading, contents, length, err);

    return conclude(&reading, result, log, err);
}

/* Damage of the gzip counts as one line, of as many as it may have been. */
static int meet_damage(struct run_reading *reading, struct line_reader *lines, struct error *err)
{
    struct error why = {.message = "its gzip is damaged"};

    reading->line++;
    if (reading->salvage == NULL) {
        return refuse_line(reading, &why, err);
    }
    salvage_begin(reading->salvage, &reading->log);
    salvage_damaged(reading->salvage, &reading->log, reading->line, why.message);
    line_reader_skip(lines);
    return 0;
}

static int read_next(struct run_reading *reading, struct line_reader *lines, bool *ret_more, struct error *err)
{
    struct error why = {0};
    struct file_line line;

    *ret_more = true;
    if (line_reader_next(lines, &line, &why) == 0) {
        *ret_more = line.text != NULL;
        return line.text != NULL ? take_line(reading, line.text, line.length, line.ended, err) : 0;
    }
    return line_reader_damaged(lines) ? meet_damage(reading, lines, err) : error_input(err, "%s", why.message);
}

static int read_file(struct run_reading *reading, struct run_log *ret_log, struct error *err)
{
    struct line_reader *lines;
    bool more = true;
    int result = 0;

    if (line_reader_open(&lines, reading->name, err) != 0) {
        return -1;
    }
    while (more && result == 0) {
        result = read_next(reading, lines, &more, err);
    }
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
