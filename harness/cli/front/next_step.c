#include "front/next_step.h"

#include "front/shell_word.h"
#include "places.h"

#include "base/file.h"
#include "record/run_log.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

static void add_line(struct text *out, const char *command, const char *file, const char *what)
{
    text_add(out, "  ");
    shell_word_add(out, program_invocation_name);
    text_format(out, " %s", command);
    if (file != NULL) {
        text_add(out, " ");
        shell_word_add(out, file);
    }
    text_format(out, "\n      %s\n", what);
}

/* The run's outline says whether it came to its end. */
static bool is_cut_short(const char *file)
{
    struct run_log log;

    if (run_log_read(&log, file, NULL) != 0) {
        return false;
    }
    bool cut = !run_log_complete(&log);
    run_log_release(&log);
    return cut;
}

static void say_run(struct text *out, const char *file)
{
    if (is_cut_short(file)) {
        text_format(out, "The newest run, %s, was cut short. Next:\n", file);
        add_line(out, "bench --resume", file, "goes on with it");
    } else {
        text_format(out, "The newest run is %s. Next:\n", file);
    }
    add_line(out, "report", file, "what breaks first, and what to do about it");
    add_line(out, "report --format html --out report.html", file, "the same as a page, with charts and limits to move");
}

static void say_first_run(struct text *out)
{
    text_add(out, "There is no run in results/ yet. Next:\n");
    if (is_folder("backends/go") && is_folder("scenarios")) {
        add_line(out, "bench catalog --backends go --quick", NULL,
                 "half a minute with a sample service, to see a report");
    } else if (is_folder("scenarios")) {
        add_line(out, "list", NULL, "the scenarios and services of this folder");
    }
    add_line(out, "bench http://127.0.0.1:8080/", NULL, "your own service, as it runs: its URL instead of this one");
    add_line(out, "new backend shop", NULL, "a service that works, to begin your own with");
}

void next_step_write(struct text *out)
{
    char **runs = places_results();

    if (runs[0] != NULL) {
        say_run(out, runs[0]);
    } else {
        say_first_run(out);
    }
    file_list_free(runs);
}
