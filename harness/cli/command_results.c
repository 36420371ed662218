#include "command.h"
#include "opened.h"
#include "places.h"

#include "base/file.h"
#include "base/mem.h"
#include "report/data/results_json.h"
#include "report/html.h"
#include "report/page/html_page.h"
#include "report/report.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".jsonl"
#define PACKED ".gz"
#define INDEX  "index.html"

#define TO "results/page" /* where nobody names another one */

#define EXPECTED                                                                                                       \
    "expected a folder of run logs (.jsonl, .jsonl.gz): results/shared of a checkout, or the one that you name: "      \
    "twofold results results"

/* What the folder of pages is made from. */
struct site {
    const char *from, *to; /* folders: of the runs, and of the pages */
    json_t *rows;          /* of the index */
    struct text plain;     /* the reports of all runs */
    size_t left_out;       /* files that cannot be read */
};

/* A page of before is replaced: it is made from the runs and nothing else. */
static int write_page(const char *folder, const char *name, const struct text *page, struct error *err)
{
    char *path = file_join(folder, name);
    unlink(path);
    int result = command_write(page, path, err);
    free(path);
    return result;
}

static bool is_there(const char *folder, const char *name)
{
    char *path = file_join(folder, name);
    bool is = access(path, F_OK) == 0;

    free(path);
    return is;
}

/* "run.html" of "run.jsonl" and of "run.jsonl.gz"; of the latter "run.jsonl.html" where both are there. On the heap. */
static char *page_of(const struct site *site, const char *name)
{
    char *plain = mem_string(name), *page;
    size_t length = strlen(plain);
    bool packed = length > strlen(PACKED) && strcmp(plain + length - strlen(PACKED), PACKED) == 0;

    if (packed) {
        plain[length - strlen(PACKED)] = '\0';
    }
    if (packed && is_there(site->from, plain)) {
        page = mem_format("%s.html", plain);
    } else {
        page = mem_format("%.*s.html", (int)(strlen(plain) - strlen(ENDING)), plain);
    }
    free(plain);
    return page;
}

/* Writes the page of the run beside the index, and adds its row to the index. */
static int add_run(struct site *site, const char *name, struct error *err)
{
    char *path = file_join(site->from, name);
    char *page = page_of(site, name);
    struct opened opened;
    struct text out = {0};
    int result = opened_read(&opened, path, &(struct opened_options){0}, err);

    if (result == 0) {
        const struct html_run run = {.file = name, .findings = &opened.findings};
        result = html_write(&run, 1, &out, err);
        if (result == 0) {
            result = write_page(site->to, page, &out, err);
        }
        json_array_append_new(site->rows, results_json_run(&opened.findings, name, page));
        report_write(&opened.findings, REPORT_TEXT, NULL, &site->plain);
        text_add(&site->plain, "\n\n");
        opened_release(&opened);
    }
    text_release(&out);
    free(page);
    free(path);
    return result;
}

/* A file that cannot be read costs the others nothing. */
static int add_readable(struct site *site, const char *name, struct error *err)
{
    struct error why = {0};

    if (add_run(site, name, &why) == 0) {
        return 0;
    }
    if (why.kind != ERROR_INPUT) {
        *err = why;
        return -1;
    }
    fprintf(stderr, "twofold: left out: %s\n", why.message);
    site->left_out++;
    return 0;
}

static bool is_run(const struct site *site, const char *name)
{
    char *path = file_join(site->from, name);
    bool is = places_is_run(path);

    free(path);
    return is;
}

/* The names of the files of the folder that may be run logs, with NULL behind the last; there is one. */
static int list_runs(const struct site *site, char ***ret_names, struct error *err)
{
    struct error why = {0};
    char **names;
    size_t runs = 0;

    if (file_list(site->from, &names, &why) != 0) {
        error_input(err, "results: %s; " EXPECTED, why.message);
        return -1;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        char *name = names[i];
        names[i] = NULL;
        if (is_run(site, name)) {
            names[runs++] = name;
        } else {
            free(name);
        }
    }
    if (runs == 0) {
        file_list_free(names);
        error_input(err, "results: %s holds no run; " EXPECTED, site->from);
        return -1;
    }
    *ret_names = names;
    return 0;
}

static int add_runs(struct site *site, char **names, struct error *err)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (add_readable(site, names[i], err) != 0) {
            return -1;
        }
    }
    if (json_array_size(site->rows) == 0) {
        return error_input(err, "results: %s holds no run that can be read; " EXPECTED, site->from);
    }
    return 0;
}

/* Where nobody named a folder, the one around it may be missing, too. */
static int make_folder(const char *folder, struct error *err)
{
    if (strcmp(folder, TO) == 0) {
        mkdir("results", 0777);
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return error_input(err, "--out %s: cannot be made: %s", folder, strerror(errno));
    }
    return 0;
}

static int write_results(const char *from, const char *to, size_t *ret_left_out, struct error *err)
{
    struct site site = {.from = from, .to = to, .rows = json_array()};
    json_t *data = json_object();
    struct text out = {0};
    char **names = NULL;
    int result = -1;

    json_object_set_new(data, "runs", site.rows);
    if (list_runs(&site, &names, err) == 0 && make_folder(to, err) == 0 && add_runs(&site, names, err) == 0 &&
        html_page_write(&(struct html_page){.view = "results", .data = data, .plain = &site.plain}, &out, err) == 0) {
        result = write_page(to, INDEX, &out, err);
    }
    file_list_free(names);
    *ret_left_out = site.left_out;
    text_release(&out);
    text_release(&site.plain);
    json_decref(data);
    return result;
}

int command_results(const struct command_line *line, struct error *err)
{
    const char *to = TO;
    const struct option options[] = {
        {"out", OPTION_TEXT, &to, "FOLDER", "where the pages go (default: " TO "); what is there is replaced"},
        ARGUMENTS_EXAMPLE("results", "one page of all runs in results/shared, in results/page"),
        ARGUMENTS_EXAMPLE("results my-runs --out my-page", "the same of a folder of your own"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, "results [FOLDER of runs] [--out FOLDER]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count > 1) {
        error_input(err, "results: expected one folder, found %zu", rest.count);
        return EXIT_USAGE;
    }
    size_t left_out;
    if (write_results(rest.count == 1 ? rest.items[0] : "results/shared", to, &left_out, err) != 0) {
        return EXIT_FAILED;
    }
    printf("%s/" INDEX "\n", to);
    return left_out > 0 ? EXIT_USAGE : EXIT_FINE;
}
