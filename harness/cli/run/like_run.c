#include "run/like_run.h"

#include "gate/github.h"
#include "opened.h"
#include "places.h"

#include "analysis/comparison/comparison.h"
#include "base/file.h"
#include "base/text.h"
#include "report/compare/comparison_line.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Reading many long runs to find none that is like this one would keep people waiting. */
enum { TRIED_MOST = 20 };

static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;

    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* By what stands at its beginning. What cannot be read is not like it. */
static bool may_be_like(const char *file, const struct run_record *run)
{
    struct run_log outline;

    if (run_log_read_outline(&outline, file, NULL) != 0) {
        return false;
    }
    bool like =
        strcmp(outline.run.scenario_hash, run->scenario_hash) == 0 && strcmp(outline.run.started, run->started) < 0;
    run_log_release(&outline);
    return like;
}

static bool tell(const struct opened *now, const char *file)
{
    const struct opened_options judged = {.findings_only = true};
    struct opened before;
    struct comparison comparison;
    struct text line = {0};

    if (opened_read(&before, file, &judged, NULL) != 0) {
        return false;
    }
    const struct compared_run runs[] = {{.file = before.file, .findings = &before.findings},
                                        {.file = now->file, .findings = &now->findings}};
    comparison_make(&comparison, runs, 2);
    bool told = comparison.unlike_count == 0 && comparison_line_write(&line, &comparison, file);
    if (told) {
        fprintf(stderr, "\n%s\n", line.data);
        text_add(&line, "\n");
        github_summarize(&line);
    }
    text_release(&line);
    comparison_release(&comparison);
    opened_release(&before);
    return told;
}

void like_run_tell(const char *file)
{
    const struct opened_options judged = {.findings_only = true};
    char **results = places_results();
    struct opened now;
    bool told = false;

    if (results[0] == NULL || opened_read(&now, file, &judged, NULL) != 0) {
        file_list_free(results);
        return;
    }
    for (int i = 0; results[i] != NULL && i < TRIED_MOST && !told; i++) {
        told = !is_same_file(results[i], file) && may_be_like(results[i], &now.log.run) && tell(&now, results[i]);
    }
    opened_release(&now);
    file_list_free(results);
}
