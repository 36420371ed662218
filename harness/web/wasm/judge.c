/* judge: what the page asks of the program, as functions that WebAssembly exports. One run log at a time.
 *
 * A text goes in as bytes in memory from judge_memory; what comes out is the UTF-8 text that judge_text points to,
 * judge_length bytes long, until the next call. Each call returns 0, or -1 with the reason as the text. */
#include "analysis/findings.h"
#include "base/error.h"
#include "base/text.h"
#include "record/run_log.h"
#include "report/page/page_data.h"
#include "report/page/page_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(name), used))

/* The limits of a run are five; a list of assignments is not longer. */
#define LIMITS_MOST 8

static struct run_log log;
static char *file_name;
static bool is_read;
static struct text said;

/* Memory for `size` bytes; the function that takes them frees it. */
EXPORT("judge_memory") void *judge_memory(size_t size)
{
    return malloc(size > 0 ? size : 1);
}

EXPORT("judge_text") const char *judge_text(void)
{
    return said.data;
}

EXPORT("judge_length") size_t judge_length(void)
{
    return said.length;
}

static int say_error(const struct error *err)
{
    text_clear(&said);
    text_add(&said, err->message);
    return -1;
}

/* Read the run log whose contents are the `length` bytes at `contents`; `name`, NUL-terminated, is what messages call
 * it. Both are freed. */
EXPORT("judge_read") int judge_read(char *name, char *contents, size_t length)
{
    struct error err = {0};
    struct run_log read = {0};
    int result = run_log_parse(&read, name, contents, length, &err);

    free(contents);
    if (result != 0) {
        free(name);
        return say_error(&err);
    }
    if (is_read) {
        run_log_release(&log);
        free(file_name);
    }
    log = read;
    file_name = name;
    is_read = true;
    text_clear(&said);
    return 0;
}

/* Cut `words` at its line ends into a NULL-terminated list. */
static void split(char *words, const char *list[LIMITS_MOST + 1])
{
    size_t count = 0;
    char *rest = NULL;

    for (char *word = strtok_r(words, "\n", &rest); word != NULL && count < LIMITS_MOST;
         word = strtok_r(NULL, "\n", &rest)) {
        list[count++] = word;
    }
    list[count] = NULL;
}

/* The run that was read, judged by its own limits with these changes, a line each such as "p99=100ms"
 * (plan/scenario/limits.h): the text is the JSON of report/page/page_data.h. `changes`, NUL-terminated, is freed. */
EXPORT("judge_judge") int judge_judge(char *changes)
{
    const char *list[LIMITS_MOST + 1];
    struct findings findings;
    struct error err = {0};

    split(changes, list);
    if (!is_read) {
        error_failed(&err, "no run log was read");
    } else if (findings_make(&findings, &log, list, &err) == 0) {
        text_clear(&said);
        page_data_write(&findings, file_name, &said);
        findings_release(&findings);
    }
    free(changes);
    return err.kind != ERROR_NONE ? say_error(&err) : 0;
}

/* The run that was read as the page of a report with these changes of its limits holds it: the text is that of
 * report/page/page_log.h. `changes` as above. */
EXPORT("judge_log") int judge_log(char *changes)
{
    const char *list[LIMITS_MOST + 1];
    struct findings findings;
    struct error err = {0};

    split(changes, list);
    if (!is_read) {
        error_failed(&err, "no run log was read");
    } else if (findings_make(&findings, &log, list, &err) == 0) {
        text_clear(&said);
        page_log_write(&findings, &said);
        findings_release(&findings);
    }
    free(changes);
    return err.kind != ERROR_NONE ? say_error(&err) : 0;
}
